# What TabExpansion2 writes: names as PowerShell takes them, of vaults, secrets and connections too, and of very many things.

BeforeAll {
    'Session', 'TestVault', 'CompletionLine' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro
    $owner = ConvertTo-Secure $astro.tokens.organizationOwner.value
    Connect-As organizationOwner
}
AfterAll { Stop-TestEmulator }

Describe 'completion of names that need quotes' -ForEach @{ Names = @(
        "two words", "it's", "typo $([char]0x2019)s", 'say "x"',
        "typo $([char]0x201C)x$([char]0x201D)", 'a$HOME', 'a$(1)', 'back`tick', 'a;b&c|d>e', '-dash', '@splat',
        '[a]b', 'star*', 'what?', '123', '0x10', 'a,b', '#a(b){c}', "$([char]0x2013)en", "Gr$([char]0xF6)$([char]0xDF)e", '$null', "both' and `""
    ) } {
    BeforeAll { $made = $Names | ForEach-Object { New-AstroWorkspace $_ } }
    AfterAll { $made | Remove-AstroWorkspace -Confirm:$false }

    It 'writes a line that gets the object: <_>' -ForEach $Names {
        $name = $_
        # By pattern in each kind of quotes, and by exact name after a comma; with a quote open there, PowerShell asks no completer.
        foreach ($line in 'Get-AstroWorkspace ^', "Get-AstroWorkspace '^", 'Get-AstroWorkspace "^', 'Remove-AstroWorkspace -WhatIf Analytics,^') {
            $completion = Get-Completion $line
            $match = $completion.CompletionMatches | Where-Object ListItemText -EQ $name
            @($match).Count | Should -Be 1 -Because $line
            if ($line -match '[''"]') { $match.CompletionText | Should -Match "^$($Matches[0]).*$($Matches[0])$" }
            $line = $line.Replace('^', '').Remove($completion.ReplacementIndex, $completion.ReplacementLength).Insert($completion.ReplacementIndex, $match.CompletionText)
            if ($line -match '-WhatIf') { (Get-Failure ([scriptblock]::Create($line))).Id | Should -BeNullOrEmpty -Because $line }
            else { (Invoke-Expression $line).Name | Should -BeExactly $name -Because $line }
        }
        # The beginning is found in quotes; a dash alone PowerShell takes for a parameter.
        $part = [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($name.Substring(0, $name.Length - 1))
        (Get-Completion "Set-AstroWorkspace -Workspace '$part").CompletionMatches.ListItemText | Should -Contain $name
    }

    It 'replaces the quote that was opened, also in the middle of a line' {
        $null = Get-AstroWorkspace
        Get-Line "Get-AstroDeployment -Workspace 'Data P" | Should -Be "Get-AstroDeployment -Workspace 'Data Platform'"
        Get-Line 'Get-AstroDeployment -Workspace "data p' | Should -Be 'Get-AstroDeployment -Workspace "Data Platform"'
        Get-Line "Get-AstroWorkspace Data^ -Debug:`$false" | Should -Be "Get-AstroWorkspace 'Data Platform' -Debug:`$false"
        Get-Line "Get-AstroWorkspace 'Data'^ | Out-Null" | Should -Be "Get-AstroWorkspace 'Data Platform' | Out-Null"
        Get-Line 'Get-AstroWorkspace *form' | Should -Be "Get-AstroWorkspace 'Data Platform'"
        Get-Line '$x = if ($true) { Get-AstroDeployment -Workspace:Dat^ }' | Should -Be '$x = if ($true) { Get-AstroDeployment -Workspace:''Data Platform'' }'
    }

    It 'gives the id of a name that would deceive or move the cursor' {
        $made = New-AstroWorkspace "evil$([char]27)[2J"
        $match = (Get-Completion 'Set-AstroWorkspace evil').CompletionMatches
        $match.CompletionText | Should -Be $made.Id
        "$($match.ListItemText)$($match.ToolTip)" | Should -Not -Match '\x1b'
        Get-Text 'Get-AstroWorkspace evil' | Should -BeNullOrEmpty
        $made | Remove-AstroWorkspace -Confirm:$false
    }

    It 'escapes wildcards in names of connections, which are looked up whole' {
        Connect-Astro -Name 'a[1]' -NoDefault -SkipValidation -Domain $astro.domain -ApiToken $owner
        (Invoke-Expression (Get-Line 'Get-AstroConnection a')).Name | Should -Be 'a[1]'
        (Invoke-Expression (Get-Line 'Select-AstroConnection -PassThru a')).Name | Should -Be 'a[1]'
        Select-AstroConnection default
        Disconnect-Astro 'a[1]'
    }
}

Describe 'completion of vaults and secrets' {
    BeforeAll {
        Get-Module Microsoft.PowerShell.SecretManagement | Remove-Module
        $line = 'New-AstroApiToken x WORKSPACE_MEMBER -Vault '
    }
    AfterAll { Get-SecretVault | Unregister-SecretVault }

    It 'does not load SecretManagement, and then gives what is registered without calling a vault' {
        Get-Text $line | Should -BeNullOrEmpty
        Get-Module Microsoft.PowerShell.SecretManagement | Should -BeNullOrEmpty
        Register-SecretVault 'Team Vault' -ModuleName AstroTestVault -DefaultVault
        Register-SecretVault Locked -ModuleName AstroTestVault
        Set-TestVaultMode Locked 'Locked'
        $calls = Get-TestVaultCall 'Team Vault'
        Get-Text $line | Should -Be 'Locked', "'Team Vault'"
        (Get-Completion $line).CompletionMatches[1].ToolTip | Should -Be 'AstroTestVault vault, the default one'
        Get-Text 'Invoke-AstroApiTokenRotation -FallbackVault te' | Should -Be "'Team Vault'"
        Get-TestVaultCall 'Team Vault' | Should -Be $calls
    }

    It 'offers the secrets that were written or read, of the vault that is named, and never asks the vault' {
        Get-Text 'Connect-Astro -Vault ''Team Vault'' -SecretName ' | Should -BeNullOrEmpty
        $null = New-AstroApiToken into-vault -Role ORGANIZATION_OWNER -Scope Organization -Vault 'Team Vault' -SecretName first
        Set-Secret -Vault 'Team Vault' -Name second -SecureStringSecret $owner
        Connect-Astro -Name from-vault -NoDefault -Domain $astro.domain -Vault 'Team Vault' -SecretName second
        $calls = Get-TestVaultCall 'Team Vault'
        Get-Text 'Connect-Astro -Vault ''Team Vault'' -SecretName ' | Should -Be 'first', 'second'
        Get-Text 'Connect-Astro -SecretName fi' | Should -Be 'first'
        Get-Text 'Connect-Astro -Vault Locked -SecretName ' | Should -BeNullOrEmpty
        Get-TestVaultCall 'Team Vault' | Should -Be $calls
        $all = Get-Completion 'Connect-Astro -SecretName ' | ForEach-Object { $_.CompletionMatches | ConvertTo-Json }
        "$all" | Should -Not -Match ([regex]::Escape($astro.tokens.organizationOwner.value))
    }

    It 'knows the successor after a rotation, in place of the old token' {
        $old = New-AstroApiToken turns -Role WORKSPACE_MEMBER -Workspace Analytics -Vault 'Team Vault' -SecretName turns
        $new = Invoke-AstroApiTokenRotation $old.Id -Vault 'Team Vault' -SecretName turns -Confirm:$false
        $new.NewId | Should -Not -Be $old.Id
        Get-Text 'Get-AstroApiToken -Id turns' | Should -Be $new.NewId
    }

    It 'leaves nothing in $Error' {
        $Error.Clear()
        foreach ($line in $line, 'Connect-Astro -SecretName ', 'Get-AstroDeployment -Connection nobody -Workspace ', 'Get-AstroWorkspace [', 'Get-AstroApiToken -Id `') { $null = Get-Completion $line }
        $Error | Should -BeNullOrEmpty
    }
}

Describe 'completion of connections' {
    It 'offers saved sessions that were listed, contexts of the CLI that were read, and domains' {
        $config = Join-Path $TestDrive config.yaml
        Set-Content $config "context: astronomer_io`ncontexts:`n  astronomer_io:`n    domain: astronomer.io`n  localhost_1:`n    domain: localhost:1`n"
        Get-Text 'Import-AstroConnection local' | Should -BeNullOrEmpty
        Import-AstroConnection -Path $config
        Get-Text 'Import-AstroConnection local' | Should -Be "'localhost:1'"
        Get-Text 'Connect-Astro -Name local' | Should -Be "'localhost:1'"
        Get-Text 'Connect-Astro -Domain astro' | Should -Be 'astronomer.io'
        Get-Text 'Get-AstroConnection -ListAvailable local' | Should -BeNullOrEmpty
        Disconnect-Astro 'localhost:1', astronomer.io
        Get-Text 'Get-AstroConnection local' | Should -BeNullOrEmpty
    }
}

Describe 'completion after very much' {
    It 'keeps the newest of each kind' {
        $large = Start-TestEmulator -Arguments '--seed-tokens', '6000'
        try {
            Connect-Astro -Name large -NoDefault -Domain $large.domain -ApiToken (ConvertTo-Secure $large.tokens.organizationOwner.value)
            $all = Get-AstroApiToken -Connection large
            $all.Count | Should -BeGreaterThan 6000
            $offered = (Get-Completion 'Get-AstroApiToken -Connection large -Id ').CompletionMatches.CompletionText
            $offered | Sort-Object | Should -Be ($all.Id[-5000..-1] | Sort-Object)
            $null = Get-AstroApiToken -Connection large -Id $all.Id[0]
            Get-Text "Get-AstroApiToken -Connection large -Id $($all.Id[0])" | Should -Be $all.Id[0]
        }
        finally { Stop-TestEmulator $large }
    }
}
