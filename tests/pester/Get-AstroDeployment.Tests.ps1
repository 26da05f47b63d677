BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/Emulator.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    Connect-Astro -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
    $all = @(Get-AstroDeployment)
}
AfterAll {
    Disconnect-Astro -All
    Stop-TestEmulator
}

Describe 'Get-AstroDeployment' {
    It 'gives every deployment that Astro lists, with its state and places' {
        $listed = @(Invoke-AstroRequest 'organizations/{organizationId}/deployments' -All)
        $all.Count | Should -BeGreaterThan 1
        $all.Id | Should -Be $listed.id
        foreach ($i in 0..($all.Count - 1)) {
            $all[$i].Name | Should -Be $listed[$i].name
            $all[$i].Status | Should -Be $listed[$i].status
            $all[$i].WorkspaceId | Should -Be $listed[$i].workspaceId
            $all[$i].RuntimeVersion | Should -Be $listed[$i].astroRuntimeVersion
            $all[$i].IsCiCdEnforced | Should -Be $listed[$i].isCicdEnforced
            $all[$i].ApiUrl | Should -Be $listed[$i].apiUrl
            $all[$i].WorkerQueues.Name | Should -Be $listed[$i].workerQueues.name
        }
    }

    It 'gives one by its id, also from the pipeline' {
        (Get-AstroDeployment -Id $all[0].Id).Name | Should -Be $all[0].Name
        ($all[1] | Get-AstroDeployment).Id | Should -Be $all[1].Id
    }

    It 'finds names with wildcards and in any case' {
        $name = $all[0].Name
        (Get-AstroDeployment $name.ToUpperInvariant()).Name | Should -Contain $name
        (Get-AstroDeployment "$($name.Substring(0, 2))*").Name | Should -Contain $name
        Get-AstroDeployment 'nothing-like-this*' | Should -BeNullOrEmpty
    }

    It 'keeps to a workspace' {
        $workspace = $all[0].WorkspaceId
        $some = @(Get-AstroDeployment -Workspace $workspace)
        $some.Id | Should -Be @($all | Where-Object WorkspaceId -EQ $workspace).Id
    }

    It 'says that a name is not there' {
        $failure = Get-Failure { Get-AstroDeployment nowhere }
        $failure.Id | Should -Be 'NoSuchDeployment'
        $failure.Target | Should -Be 'nowhere'
    }

    It 'goes on after an id that is not there' {
        $missing = 'c' + '0' * 24
        $failure = Get-Failure { Get-AstroDeployment -Id $missing, $all[0].Id }
        $failure.Id | Should -Be 'NotFound'
        $failure.Output.Id | Should -Be $all[0].Id
    }

    It 'fits its table into 80 columns' {
        $lines = ($all | Format-Table | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        "$lines" | Should -Match 'Name\s+Status\s+Workspace\s+Runtime\s+Executor\s+CiCd'
    }
}
