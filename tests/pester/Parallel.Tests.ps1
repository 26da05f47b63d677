# Connections belong to a runspace, can be handed to others, and never mix.

BeforeAll {
    'Session', 'TestVault' | ForEach-Object { Import-Module (Join-Path $PSScriptRoot "Support/$_.psm1") -Force }
    $astro = Start-Astro
}
AfterAll { Stop-TestEmulator }

Describe 'several runspaces' {
    BeforeEach { Reset-Session }

    It 'of eight with eight credentials none ever acts as another' {
        $identities = 1..8 | ForEach-Object { New-EmulatorToken @{ scope = 'WORKSPACE'; name = "identity-$_" } }
        $seen = $identities | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module AstroAuth
            $secret = [Net.NetworkCredential]::new('', $_.value).SecurePassword
            Connect-Astro -ApiToken $secret -Name mine
            foreach ($round in 1..6) {
                [pscustomobject]@{
                    Expected = $_.id
                    Token    = (Get-AstroAccessToken | ConvertFrom-AstroToken).TokenId
                    Answer   = (Invoke-AstroRequest "organizations/{organizationId}/tokens/$($_.id)").id
                    Default  = (Get-AstroConnection -Default).TokenId
                    Known    = @(Get-AstroConnection).Count
                }
            }
        }
        $seen.Count | Should -Be 48
        $seen | Where-Object { $_.Token -ne $_.Expected -or $_.Answer -ne $_.Expected -or $_.Default -ne $_.Expected -or $_.Known -ne 1 } | Should -BeNullOrEmpty
    }

    It 'do not see the connections of each other' {
        Connect-As workspaceOwner
        $other = [powershell]::Create()
        try {
            $other.AddScript('Import-Module AstroAuth; @(Get-AstroConnection).Count; Disconnect-Astro -All').Invoke() | Should -Be 0
        }
        finally { $other.Dispose() }
        @(Get-AstroConnection).Count | Should -Be 1
    }

    It 'use a connection that is handed over with $using:' {
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.workspaceOwner.value) -SkipValidation -Name shared
        $connection = Get-AstroConnection shared
        $names = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module AstroAuth
            (Invoke-AstroRequest 'organizations/{organizationId}/workspaces/{workspaceId}' -Connection $using:connection).name
            if (Get-AstroConnection) { 'a connection came along' }
        }
        $names | Should -Be (@($astro.workspaces[0].name) * 8)
    }

    It 'use a connection in a thread job, also after it was forgotten where it was made' {
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.workspaceOwner.value) -SkipValidation -Name shared
        $connection = Get-AstroConnection shared
        Disconnect-Astro shared
        $job = Start-ThreadJob { Import-Module AstroAuth; Test-AstroConnection -Connection $using:connection }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -BeTrue
    }

    It 'read one vault at the same time without disturbing each other' {
        Import-Module Microsoft.PowerShell.SecretManagement
        Register-SecretVault -Name P -ModuleName AstroTestVault
        try {
            1..8 | ForEach-Object { Set-Secret -Name "s$_" -Secret (New-EmulatorToken @{ scope = 'WORKSPACE'; name = "vault-$_" }).value -Vault P }
            $expected = 1..8 | ForEach-Object { (ConvertFrom-AstroToken (Get-Secret -Name "s$_" -Vault P)).TokenId }
            $wrong = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module AstroAuth
                $mine = ($using:expected)[$_ - 1]
                foreach ($round in 1..10) {
                    $connection = Connect-Astro -SecretName "s$_" -Vault P -SkipValidation -PassThru -ErrorAction Stop
                    if ($connection.TokenId -ne $mine) { "s$_ gave $($connection.TokenId)" }
                }
            }
            $wrong | Should -BeNullOrEmpty
        }
        finally { Unregister-SecretVault P }
    }

    It 'rotate one token at the same time and leave one, whose value is in the vault: <Strategies>' -ForEach @(
        @{ Strategies = 'Overlap', 'Overlap' }
        @{ Strategies = 'InPlace', 'InPlace' }
        @{ Strategies = 'Overlap', 'InPlace' }
    ) {
        Import-Module Microsoft.PowerShell.SecretManagement
        Register-SecretVault -Name R -ModuleName AstroTestVault
        Connect-Astro -ApiToken (ConvertTo-Secure $astro.tokens.organizationOwner.value) -SkipValidation -Name shared
        $connection = Get-AstroConnection shared
        $name = "contended $Strategies"
        try {
            $first = (New-AstroApiToken $name -Role WORKSPACE_MEMBER -Workspace $astro.workspaces[0].id -Description mine -Vault R -SecretName r).Id
            foreach ($round in 1..3) {
                $barrier = [Threading.Barrier]::new(2)
                $results = $Strategies | ForEach-Object -ThrottleLimit 2 -Parallel {
                    Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
                    $null = ($using:barrier).SignalAndWait(30000)
                    Invoke-AstroApiTokenRotation -Name $using:name -Vault R -SecretName r -Strategy $_ -Connection $using:connection -Confirm:$false
                }
                $statuses = @($results | ForEach-Object { "$($_.Status)" })
                # The other run can end the token between two steps of this one, which then leaves all as it was.
                $statuses | Where-Object { $_ -notin 'Rotated', 'Skipped', 'RolledBack' } | Should -BeNullOrEmpty -Because "$($results.Reason)"
                # Of two alike one must come through; two of another kind may both step back.
                if ($Strategies[0] -eq $Strategies[1]) { $statuses | Should -Contain 'Rotated' }
                $left = @(Get-AstroApiToken $name)
                $left.Count | Should -Be 1
                $left[0].Description | Should -Be 'mine'
                $value = Get-Secret -Name r -Vault R -AsPlainText
                Test-EmulatorToken $value | Should -BeTrue
                (ConvertFrom-AstroToken $value).TokenId | Should -Be $left[0].Id
            }
            if ('InPlace' -notin $Strategies) { $left[0].Id | Should -Not -Be $first }
        }
        finally { Unregister-SecretVault R }
    }

    It 'are told that a vault is busy when others keep it so' {
        Import-Module Microsoft.PowerShell.SecretManagement
        Register-SecretVault -Name S -ModuleName AstroTestVault
        Set-Secret -Name s -Secret $astro.tokens.workspaceOwner.value -Vault S
        Set-TestVaultMode S slow
        $before = Get-TestVaultCall S
        $other = [powershell]::Create()
        try {
            $run = $other.AddScript('Microsoft.PowerShell.SecretManagement\Get-Secret -Name s -Vault S').BeginInvoke()
            while ((Get-TestVaultCall S) -eq $before -and -not $run.IsCompleted) { Start-Sleep -Milliseconds 5 }
            $failure = Get-Failure { Connect-Astro -SecretName s -Vault S }
            $failure.Id | Should -Be 'VaultBusy'
            $failure.Category | Should -Be 'ResourceUnavailable'
            $null = $other.EndInvoke($run)
        }
        finally {
            $other.Dispose()
            Set-TestVaultMode S ''
            Unregister-SecretVault S
        }
    }
}
