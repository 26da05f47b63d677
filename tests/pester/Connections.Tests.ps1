# Connections of a session: chosen, changed and ended.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/Session.psm1') -Force
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    $tokens = $astro.tokens
    $data, $analytics = $astro.workspaces
    $sales = $astro.deployments[0]
}
AfterAll { Stop-TestEmulator }

Describe 'Set-AstroConnection' {
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken $owner -Name other -SkipValidation -Workspace $analytics.id
        Connect-Astro -ApiToken $owner -Name main -SkipValidation -Workspace $data.id -Deployment $sales.id
    }

    It 'sets the places of the default connection, silently' {
        Set-AstroConnection -Workspace $analytics.id 2>&1 | Should -BeNullOrEmpty
        (Get-AstroConnection main).Workspace.Id | Should -Be $analytics.id
        (Get-AstroConnection other).Workspace.Id | Should -Be $analytics.id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'finds places by exact name' {
        $set = Set-AstroConnection -Organization $astro.organization.name -Workspace $data.name -Deployment $sales.name -PassThru
        $set.Organization.Id | Should -Be $astro.organization.id
        $set.Workspace.Id | Should -Be $data.id
        $set.Deployment.Id | Should -Be $sales.id
    }

    It 'drops the deployment when the workspace changes' {
        (Set-AstroConnection -Workspace $analytics.id -PassThru).Deployment | Should -BeNullOrEmpty
    }

    It 'keeps the workspace when the deployment changes' {
        $set = Set-AstroConnection -Deployment $astro.deployments[1].name -PassThru
        $set.Workspace.Id | Should -Be $data.id
        $set.Deployment.Id | Should -Be $astro.deployments[1].id
    }

    It 'takes a place away with an empty text' {
        (Set-AstroConnection -Deployment '' -PassThru).Deployment | Should -BeNullOrEmpty
        (Get-AstroConnection main).Workspace.Id | Should -Be $data.id
        (Set-AstroConnection -Workspace '' -PassThru).Workspace | Should -BeNullOrEmpty
        (Get-AstroConnection main).Organization.Id | Should -Be $astro.organization.id
    }

    It 'sets a connection by name and from the pipeline, and leaves the default' {
        Set-AstroConnection other -Workspace $data.id
        (Get-AstroConnection other).Workspace.Id | Should -Be $data.id
        Get-AstroConnection other | Set-AstroConnection -Deployment $sales.id
        (Get-AstroConnection other).Deployment.Id | Should -Be $sales.id
        (Get-AstroConnection -Default).Name | Should -Be 'main'
    }

    It 'leaves an object in the hands of others as it was' {
        $before = Get-AstroConnection main
        Set-AstroConnection -Workspace $analytics.id
        $before.Workspace.Id | Should -Be $data.id
    }

    It 'changes nothing when a place is not found' {
        (Get-Failure { Set-AstroConnection -Workspace 'No Such' }).Id | Should -Be 'WorkspaceNotFound'
        (Get-AstroConnection main).Workspace.Id | Should -Be $data.id
    }

    It 'changes nothing with -WhatIf' {
        Set-AstroConnection -Workspace $analytics.name -WhatIf
        (Get-AstroConnection main).Workspace.Id | Should -Be $data.id
        Get-SentRequest | Should -BeNullOrEmpty
    }

    It 'says so when there is no such connection, or none at all' {
        (Get-Failure { Set-AstroConnection nope -Workspace $data.id }).Id | Should -Be 'ConnectionNotFound'
        Disconnect-Astro -All
        (Get-Failure { Set-AstroConnection -Workspace $data.id }).Id | Should -Be 'NoCredential'
    }

    It 'is what later commands use' {
        Set-AstroConnection -Workspace $analytics.id
        (Invoke-AstroRequest 'organizations/{organizationId}/workspaces/{workspaceId}').name | Should -Be $analytics.name
    }
}

Describe 'Select-AstroConnection' {
    BeforeAll { Reset-Emulator }
    BeforeEach {
        Reset-Session
        Connect-Astro -ApiToken (ConvertTo-Secure $tokens.organizationOwner.value) -Name one -SkipValidation
        Connect-Astro -ApiToken (ConvertTo-Secure $tokens.workspaceOwner.value) -Name two -SkipValidation
    }

    It 'makes another connection the default, silently' {
        Select-AstroConnection ONE 2>&1 | Should -BeNullOrEmpty
        (Get-AstroConnection -Default).Name | Should -Be 'one'
        (Get-AstroAccessToken).Connection | Should -Be 'one'
    }

    It 'gives it with -PassThru, and takes one from the pipeline' {
        (Get-AstroConnection one | Select-AstroConnection -PassThru).Name | Should -Be 'one'
    }

    It 'keeps the default when there is no connection of that name' {
        $failure = Get-Failure { Select-AstroConnection three }
        $failure.Id | Should -Be 'ConnectionNotFound'
        $failure.Message | Should -BeLike '*There are: one, two*'
        (Get-AstroConnection -Default).Name | Should -Be 'two'
    }

    It 'says what to do when there are none' {
        Disconnect-Astro -All
        (Get-Failure { Select-AstroConnection one }).Message | Should -BeLike '*There are none; use Connect-Astro*'
    }

    It 'sends no request' {
        Select-AstroConnection one
        Get-SentRequest | Should -BeNullOrEmpty
    }
}

Describe 'Disconnect-Astro' {
    BeforeAll {
        Reset-Emulator
        function Connect-Three {
            foreach ($name in 'one', 'two', 'three') { Connect-Astro -ApiToken $owner -Name $name -SkipValidation }
        }
    }
    BeforeEach {
        Reset-Session
        Connect-Three
    }

    It 'forgets the default connection, silently, and leaves no default' {
        Disconnect-Astro 2>&1 3>&1 | Should -BeNullOrEmpty
        (Get-AstroConnection).Name | Should -Be 'one', 'two'
        Get-AstroConnection -Default | Should -BeNullOrEmpty
        (Get-Failure { Get-AstroAccessToken }).Id | Should -Be 'NoCredential'
    }

    It 'forgets connections by name without regard to case' {
        Disconnect-Astro ONE, two
        (Get-AstroConnection).Name | Should -Be 'three'
        (Get-AstroConnection -Default).Name | Should -Be 'three'
    }

    It 'forgets connections from the pipeline' {
        Get-AstroConnection t* | Disconnect-Astro
        (Get-AstroConnection).Name | Should -Be 'one'
    }

    It 'forgets all of them with -All' {
        Disconnect-Astro -All
        Get-AstroConnection | Should -BeNullOrEmpty
    }

    It 'goes on after a name that is not there' {
        $failure = Get-Failure { Disconnect-Astro nope, two }
        $failure.Id | Should -Be 'ConnectionNotFound'
        $failure.Target | Should -Be 'nope'
        $failure.Message | Should -BeLike '*There are: one, three, two*'
        $failure.Terminating | Should -BeFalse
        (Get-AstroConnection).Name | Should -Be 'one', 'three'
    }

    It 'forgets nothing with -WhatIf' {
        Disconnect-Astro -All -WhatIf
        @(Get-AstroConnection).Count | Should -Be 3
    }

    It 'is content when there is nothing to forget' {
        Disconnect-Astro -All
        Disconnect-Astro 2>&1 | Should -BeNullOrEmpty
    }

    It 'sends no request' {
        Disconnect-Astro -All
        Get-SentRequest | Should -BeNullOrEmpty
    }
}
