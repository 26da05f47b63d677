BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Emulator.psm1'), (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    Import-Module AstroAuth
    $astro = Start-TestEmulator
    $env:ASTRO_DOMAIN = $astro.domain
    $dags = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'dags')
    Set-Content (Join-Path $dags 'dag.py') 'x = 1'
    Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation
    $deploy = Publish-AstroDag $dags sales-etl -Description 'first words' -NoGit -PassThru
}
AfterAll { Stop-TestEmulator }

Describe 'Set-AstroDeploy' {
    It 'changes what a deploy is for, and nothing else' {
        Set-AstroDeploy $deploy.Id 'better words' -Deployment sales-etl | Should -BeNullOrEmpty
        $changed = Get-AstroDeploy sales-etl -Id $deploy.Id
        $changed.Description | Should -Be 'better words'
        $changed.DagTarballVersion, $changed.Status | Should -Be $deploy.DagTarballVersion, 'DEPLOYED'
    }

    It 'takes deploys from the pipeline and gives them with -PassThru' {
        (Get-AstroDeploy sales-etl | Select-Object -First 1 | Set-AstroDeploy -Description 'piped' -PassThru).Description | Should -Be 'piped'
    }

    It 'changes nothing with -WhatIf, and nothing when the text is too long' {
        Set-AstroDeploy $deploy.Id 'no' -Deployment sales-etl -WhatIf
        (Get-Failure { Set-AstroDeploy $deploy.Id ('x' * 501) -Deployment sales-etl }).Id | Should -Be 'InvalidDeployDescription'
        (Get-AstroDeploy sales-etl -Id $deploy.Id).Description | Should -Be 'piped'
    }

    It 'says so when there is no such deploy' {
        (Get-Failure { Set-AstroDeploy cnosuchdeployxxxxxxxxxxxx 'x' -Deployment sales-etl }).Id | Should -Be 'NotFound'
    }
}
