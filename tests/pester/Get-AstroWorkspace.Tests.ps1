BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $data, $analytics = $astro.workspaces
    function Connect-As([string] $Token) { Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.$Token.value) -SkipValidation }
}
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroWorkspace' {
    BeforeEach {
        Reset-Session
        Connect-As organizationOwner
    }

    It 'gives the workspaces, with what Astro says of them' {
        $all = @(Get-AstroWorkspace)
        $listed = @(Invoke-AstroRequest 'organizations/{organizationId}/workspaces' -All)
        $all.Id | Should -Be $listed.id
        foreach ($i in 0..($all.Count - 1)) {
            $all[$i].Name | Should -Be $listed[$i].name
            $all[$i].Description | Should -Be $listed[$i].description
            $all[$i].IsCiCdEnforcedByDefault | Should -Be $listed[$i].cicdEnforcedDefault
            $all[$i].OrganizationId | Should -Be $astro.organization.id
        }
        $all.IsCiCdEnforcedByDefault | Should -Be $true, $false
    }

    It 'gives what a narrow credential sees, and no more' {
        Connect-As workspaceMember
        (Get-AstroWorkspace).Id | Should -Be $data.id
    }

    It 'gives every page, each once' {
        $odd = @(1..3 | ForEach-Object { New-AstroWorkspace "page $_" })
        $all = @(Get-AstroWorkspace 'page*')
        $all.Id | Should -Be $odd.Id
        $odd | Remove-AstroWorkspace -Confirm:$false
    }

    It 'finds names with wildcards in any case, and says which spelled-out names are not there' {
        (Get-AstroWorkspace DATA*).Id | Should -Be $data.id
        Get-AstroWorkspace nothing* 2>&1 | Should -BeNullOrEmpty
        $failure = Get-Failure { Get-AstroWorkspace nowhere, analytics, elsewhere }
        $failure.Records.TargetObject | Should -Be 'nowhere', 'elsewhere'
        $failure.Id | Should -Be 'NoSuchWorkspace'
        $failure.Output.Id | Should -Be $analytics.id
    }

    It 'gives one by its id, and goes on after one that is not there' {
        $failure = Get-Failure { Get-AstroWorkspace -Id ('c' + '0' * 24), $analytics.id }
        $failure.Id | Should -Be 'NotFound'
        $failure.Output.Name | Should -Be $analytics.name
    }

    It 'is taken where a workspace is named, by its id' {
        $workspace = Get-AstroWorkspace $analytics.name
        (Set-AstroConnection -Workspace $workspace -PassThru).Workspace.Id | Should -Be $analytics.id
        @(Get-AstroDeployment -Workspace $workspace).WorkspaceId | Sort-Object -Unique | Should -Be $analytics.id
    }

    It 'hands its deployments on through the pipeline' {
        $deployments = @(Get-AstroWorkspace | Get-AstroDeployment)
        $deployments.Id | Sort-Object | Should -Be ((Get-AstroDeployment).Id | Sort-Object)
        (Get-AstroWorkspace Analytics | Get-AstroDeployment rep*).Name | Should -Be 'reporting'
    }

    It 'is completed by name from what was shown, and by id where two have the name' {
        TabExpansion2 'Get-AstroDeployment -Workspace never' | ForEach-Object CompletionMatches | Should -BeNullOrEmpty
        $twins = New-AstroWorkspace 'Twin Peaks'
        (TabExpansion2 'Get-AstroDeployment -Workspace tw').CompletionMatches.CompletionText | Should -Be "'Twin Peaks'"
        $other = New-AstroWorkspace 'Twin Peaks'
        (TabExpansion2 'Get-AstroDeployment -Workspace c').CompletionMatches.CompletionText | Sort-Object | Should -Be (@($twins.Id, $other.Id) | Sort-Object)
        $twins, $other | Remove-AstroWorkspace -Confirm:$false
        (TabExpansion2 'Get-AstroDeployment -Workspace tw').CompletionMatches | Where-Object CompletionText -Match 'Twin' | Should -BeNullOrEmpty
    }

    It 'fits its table into 80 columns' {
        $lines = (Get-AstroWorkspace | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match 'Data Platform\s+yes\s+Pipelines'
    }
}
