BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/Emulator.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0 }
    Connect-Astro -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
    $place = @{ Workspace = (Get-AstroDeployment)[0].WorkspaceId; CloudProvider = 'Aws'; Region = 'us-east-1' }
}
AfterAll {
    Disconnect-Astro -All
    Stop-TestEmulator
}


Describe 'Remove-AstroDeployment' {
    It 'removes the one that is named, or comes by the pipeline' {
        $null = New-AstroDeployment one @place
        $two = New-AstroDeployment two @place
        Remove-AstroDeployment one -Confirm:$false
        $two | Remove-AstroDeployment -Confirm:$false
        Get-AstroDeployment | Where-Object Name -In 'one', 'two' | Should -BeNullOrEmpty
    }

    It 'removes several, and one that is not there does not keep the others' {
        'three', 'four' | ForEach-Object { $null = New-AstroDeployment $_ @place }
        Remove-AstroDeployment three, nowhere, four -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        ($failures[0].FullyQualifiedErrorId -split ',')[0] | Should -Be 'DeploymentNotFound'
        Get-AstroDeployment | Where-Object Name -In 'three', 'four' | Should -BeNullOrEmpty
    }

    It 'asks before it removes, and removes nothing with -WhatIf' {
        (Get-Command Remove-AstroDeployment).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
        $three = New-AstroDeployment three @place
        Remove-AstroDeployment three -WhatIf
        (Get-AstroDeployment -Id $three.Id).Id | Should -Be $three.Id
    }

    It 'removes with -Expired only what is marked and past its time by Astro''s clock' {
        $long = New-AstroDeployment long @place -Ephemeral -ExpiresIn 8:00:00
        $short = New-AstroDeployment short @place -Ephemeral -ExpiresIn 1:00:00
        $plain = New-AstroDeployment plain @place -Description 'ephemeral until=2000-01-01T00:00:00Z, or so somebody wrote'
        $all = (Get-AstroDeployment).Count
        Remove-AstroDeployment -Expired -Confirm:$false
        (Get-AstroDeployment).Count | Should -Be $all

        # A user edits around the note; a change by the module keeps it.
        $null = Invoke-AstroRequest "organizations/{organizationId}/deployments" -All
        Set-AstroDeployment $short.Id -Description 'Somebody wrote this'
        (Get-AstroDeployment -Id $short.Id).ExpiresOn | Should -Be $short.ExpiresOn
        Set-EmulatorClock -AdvanceSeconds 7200
        try {
            Remove-AstroDeployment -Expired -Confirm:$false
            $left = Get-AstroDeployment
            $left.Count | Should -Be ($all - 1)
            $left.Id | Should -Not -Contain $short.Id
            $left.Id | Should -Contain $long.Id
            $left.Id | Should -Contain $plain.Id
        }
        finally { Set-EmulatorClock -Reset }
    }

    It 'says that a deployment is not there' {
        (Get-Failure { Remove-AstroDeployment nowhere -Confirm:$false }).Id | Should -Be 'DeploymentNotFound'
    }
}
