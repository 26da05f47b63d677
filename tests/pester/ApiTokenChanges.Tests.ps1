# API tokens that are changed and removed.

BeforeAll { . (Join-Path $PSScriptRoot 'Support/Places.ps1') }
AfterAll { Stop-TestEmulator }

Describe 'Set-AstroApiToken' {
    BeforeEach { Reset-Session organizationOwner }

    It 'changes the description and keeps name, roles and value' {
        $made = New-AstroApiToken worker WORKSPACE_MEMBER -Workspace $data.id -Description old
        Get-AstroApiToken worker | Set-AstroApiToken -Description 'new text' | Should -BeNullOrEmpty
        $after = Get-AstroApiToken -Id $made.Id
        $after.Description | Should -Be 'new text'
        $after.Name | Should -Be 'worker'
        "$($after.Roles)" | Should -Be 'WORKSPACE_MEMBER'
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeTrue
    }

    It 'changes the name and keeps the description' {
        $made = New-AstroApiToken first WORKSPACE_MEMBER -Workspace $data.id -Description stays
        $after = Set-AstroApiToken $made.Id -Name second -PassThru
        $after.Name, $after.Description | Should -Be 'second', 'stays'
        (Get-AstroApiToken -Id $made.Id).Name | Should -Be 'second'
    }

    It 'clears a description with an empty text' {
        $made = New-AstroApiToken cleared WORKSPACE_MEMBER -Workspace $data.id -Description 'to go'
        Set-AstroApiToken $made.Id -Description ''
        (Get-AstroApiToken -Id $made.Id).Description | Should -BeExactly ''
    }

    It 'keeps the note of unfinished work whatever becomes of the text: <Text>' -ForEach @(
        @{ Text = 'anew'; Expect = 'anew [astroauth:retire at=2027-01-01 by=x]' }
        @{ Text = ''; Expect = '[astroauth:retire at=2027-01-01 by=x]' }
        @{ Text = 'copied [astroauth:other]'; Expect = 'copied [astroauth:retire at=2027-01-01 by=x]' }
    ) {
        $made = New-AstroApiToken "noted $Text" WORKSPACE_MEMBER -Workspace $data.id -Description 'mine'
        $null = Invoke-AstroRequest "organizations/{organizationId}/tokens/$($made.Id)" -Method Post -Body @{ name = $made.Name; description = 'by hand [astroauth:retire at=2027-01-01 by=x] after' }
        Set-AstroApiToken $made.Id -Description $Text
        (Get-AstroApiToken -Id $made.Id).Description | Should -BeExactly $Expect
    }

    It 'refuses a text that leaves no room for the note, and changes nothing' {
        $made = New-AstroApiToken full WORKSPACE_MEMBER -Workspace $data.id
        $null = Invoke-AstroRequest "organizations/{organizationId}/tokens/$($made.Id)" -Method Post -Body @{ name = 'full'; description = '[astroauth:retire at=2027-01-01]' }
        $failure = Get-Failure { Set-AstroApiToken $made.Id -Description ('x' * 490) }
        $failure.Id | Should -Be 'DescriptionLeavesNoRoom'
        (Get-AstroApiToken -Id $made.Id).Description | Should -BeExactly '[astroauth:retire at=2027-01-01]'
    }

    It 'sends nothing where nothing would change, with -WhatIf, and without a change' {
        $made = New-AstroApiToken same WORKSPACE_MEMBER -Workspace $data.id -Description text
        Clear-EmulatorRequest
        (Set-AstroApiToken $made.Id -Description text -PassThru).Id | Should -Be $made.Id
        Set-AstroApiToken $made.Id -Description other -WhatIf -PassThru | Should -BeNullOrEmpty
        (Get-Failure { Set-AstroApiToken $made.Id }).Id | Should -Be 'NothingToSet'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'goes on after one that fails' {
        $one = New-AstroApiToken batch-1 WORKSPACE_MEMBER -Workspace $data.id
        $two = New-AstroApiToken batch-2 WORKSPACE_MEMBER -Workspace $data.id
        $failure = Get-Failure { $one, [pscustomobject]@{ Id = 'cnothing' }, $two | Set-AstroApiToken -Description done -PassThru }
        $failure.Id | Should -Be 'NotFound'
        $failure.Terminating | Should -BeFalse
        $failure.Output.Name | Should -Be 'batch-1', 'batch-2'
    }

    It 'is for who owns the token' {
        $id = $astro.tokens.deploymentAdmin.id
        Connect-As workspaceMember
        (Get-Failure { Set-AstroApiToken $id -Name x }).Id | Should -Be 'Forbidden'
    }
}

Describe 'Remove-AstroApiToken' {
    BeforeAll { Reset-Emulator }
    BeforeEach { Reset-Session organizationOwner }

    It 'removes what comes along the pipeline; the values are dead' {
        $made = 1..3 | ForEach-Object { New-AstroApiToken "gone-$_" WORKSPACE_MEMBER -Workspace $data.id }
        Get-AstroApiToken 'gone-[12]' | Remove-AstroApiToken -Confirm:$false | Should -BeNullOrEmpty
        (Get-AstroApiToken 'gone-*').Name | Should -Be 'gone-3'
        $made | ForEach-Object { Test-EmulatorToken (ConvertTo-Plain $_.Token) } | Should -Be $false, $false, $true
    }

    It 'asks first, and that High' {
        $attribute = (Get-Command Remove-AstroApiToken).ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
        "$($attribute.ConfirmImpact)" | Should -Be 'High'
    }

    It 'removes nothing with -WhatIf, and tells what it would' {
        $made = New-AstroApiToken looked-at WORKSPACE_MEMBER -Workspace $data.id
        Clear-EmulatorRequest
        Remove-AstroApiToken $made.Id -WhatIf
        Get-Change | Should -BeNullOrEmpty
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeTrue
    }

    It 'refuses the token of the connection, and removes it with -Force' {
        $own = New-AstroApiToken suicide ORGANIZATION_OWNER
        Connect-Astro -ApiToken $own.Token -SkipValidation
        Clear-EmulatorRequest
        $failure = Get-Failure { Remove-AstroApiToken $own.Id -Confirm:$false }
        $failure.Id | Should -Be 'OwnToken'
        $failure.Target | Should -Be $own.Id
        Get-SentRequest | Should -BeNullOrEmpty
        Remove-AstroApiToken $own.Id -Force -Confirm:$false
        Test-EmulatorToken (ConvertTo-Plain $own.Token) | Should -BeFalse
    }

    It 'counts a lost answer as done when the token is gone' {
        $made = New-AstroApiToken lost-answer WORKSPACE_MEMBER -Workspace $data.id
        $null = Add-EmulatorFault @{ method = 'DELETE'; path = '/tokens/'; cut = 'after' }
        (Get-Failure { Remove-AstroApiToken $made.Id -Confirm:$false }).Records | Should -BeNullOrEmpty
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeFalse
    }

    It 'goes on after one that fails' {
        $made = New-AstroApiToken after-failure WORKSPACE_MEMBER -Workspace $data.id
        $failure = Get-Failure { 'cnothing', $made.Id | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Remove-AstroApiToken -Confirm:$false }
        $failure.Id | Should -Be 'NotFound'
        Test-EmulatorToken (ConvertTo-Plain $made.Token) | Should -BeFalse
    }
}
