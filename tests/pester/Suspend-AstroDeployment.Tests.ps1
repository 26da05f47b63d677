BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1'), (Join-Path $PSScriptRoot 'Support/Emulator.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    Set-EmulatorSetting @{ createSeconds = 0; deploySeconds = 0 }
    Connect-Astro -Domain $astro.domain -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value)
    $dev = New-AstroDeployment dev -Workspace (Get-AstroDeployment)[0].WorkspaceId -CloudProvider Aws -Region us-east-1 -DevelopmentMode
}
AfterAll {
    Disconnect-Astro -All
    Stop-TestEmulator
}


Describe 'Suspend-AstroDeployment' {
    BeforeEach {
        $null = Resume-AstroDeployment dev
        Set-EmulatorSetting @{ deploySeconds = 30; advanceSecondsPerRequest = 20 }
    }
    AfterEach { Set-EmulatorSetting @{ deploySeconds = 0; advanceSecondsPerRequest = 0 } }

    It 'brings a development deployment to HIBERNATING and waits for it' {
        (Get-AstroDeployment dev | Suspend-AstroDeployment -Wait -PollIntervalSec 1 -PassThru).Status | Should -Be 'HIBERNATING'
    }

    It 'holds until the time that is given' {
        $until = [DateTimeOffset]::new(2030, 1, 2, 3, 4, 0, [TimeSpan]::Zero)
        (Suspend-AstroDeployment dev -Until $until -PassThru).HibernationOverrideUntil | Should -Be $until
    }

    It 'changes nothing with -WhatIf, and refuses a deployment for production' {
        Clear-EmulatorRequest
        Suspend-AstroDeployment dev -WhatIf
        (Get-Failure { Suspend-AstroDeployment (Get-AstroDeployment | Where-Object IsDevelopmentMode -EQ $false)[0].Id }).Id | Should -Be 'NotForDevelopment'
        @(Get-EmulatorRequest | Where-Object method -EQ 'POST').Count | Should -Be 0
    }
}
