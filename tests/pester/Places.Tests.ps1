# Organizations and workspaces, as they are listed and named.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/Places.ps1') }
AfterAll { Stop-TestEmulator }

Describe 'Get-AstroOrganization' {
    BeforeEach { Reset-Session organizationOwner }

    It 'gives the organizations that the credential sees, with what Astro says of them' {
        $all = @(Get-AstroOrganization)
        $listed = @(Invoke-AstroRequest organizations -All)
        $all.Id | Should -Be $listed.id
        $all[0].Name | Should -Be $astro.organization.name
        $all[0].Product | Should -Be $listed[0].product
        $all[0].Plan | Should -Be $listed[0].productPlans[0].productPlanName
        $all[0].CreatedOn | Should -Be ([DateTimeOffset]$listed[0].createdAt)
        "$($all[0].CreatedBy)" | Should -Be $listed[0].createdBy.username
    }

    It 'finds names with wildcards in any case, and says which spelled-out names are not there' {
        (Get-AstroOrganization northwind*).Id | Should -Be $astro.organization.id
        Get-AstroOrganization nothing* 2>&1 | Should -BeNullOrEmpty
        $failure = Get-Failure { Get-AstroOrganization nowhere, $astro.organization.name.ToUpperInvariant() }
        $failure.Id | Should -Be 'NoSuchOrganization'
        $failure.Target | Should -Be 'nowhere'
        $failure.Output.Id | Should -Be $astro.organization.id
    }

    It 'gives one by its id, and goes on after one that is not there' {
        $failure = Get-Failure { Get-AstroOrganization -Id $astro.foreignOrganization.id, $astro.organization.id }
        $failure.Id | Should -Be 'Forbidden'
        $failure.Output.Name | Should -Be $astro.organization.name
        (Get-AstroOrganization | Get-AstroOrganization).Id | Should -Be $astro.organization.id
    }

    It 'is taken where an organization is named, and then completed from memory' {
        $organization = Get-AstroOrganization
        (Set-AstroConnection -Organization $organization -PassThru).Organization.Id | Should -Be $astro.organization.id
        Clear-EmulatorRequest
        (TabExpansion2 'Connect-Astro -Organization north').CompletionMatches.CompletionText | Should -Be "'Northwind Traders'"
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'fits its table into 80 columns' {
        $lines = (Get-AstroOrganization | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match "Northwind Traders\s+HOSTED\s+TEAM_V2\s+ACTIVE\s+$($astro.organization.id)"
    }
}

Describe 'Get-AstroWorkspace' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

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
