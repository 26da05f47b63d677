# The story, act by act: who it is, with which of the emulator's tokens, and the steps: what is typed, why, and what must be true then.
# A step that Fails ends with the error of that id.
@{
    Title = 'An operator, whose own API token is in the environment variable ASTRO_API_TOKEN'
    Token = 'workspaceOwner'
    Steps = {
        $steps = @(
            @{
                Title = 'Connect'
                Run   = {
                    Import-Module AstroAuth
                    Connect-Astro
                    Get-AstroConnection
                }
                Why   = 'Connect-Astro found the token by itself and asked Astro once whether it works.'
                Check = { (Get-AstroConnection -Default).Source -eq 'Environment' }
            }
            @{
                Title = 'What does that token say of itself?'
                Run   = { Get-AstroAccessToken | ConvertFrom-AstroToken }
                Why   = 'Read on this machine, no request; the value itself is never shown.'
            }
            @{
                Title = 'Which tokens of my workspace end within 30 days, or have ended?'
                Run   = { Get-AstroApiToken -Workspace 'Data Platform' -ExpiringWithin 30.00:00 }
                Why   = 'Time to think about successors. Astro never tells a value again, only what a token is.'
                Check = { Get-AstroApiToken nightly-backfill -Workspace 'Data Platform' }
            }
            @{
                Title = 'A vault to keep secrets in'
                Run   = {
                    Register-SecretVault demo -ModuleName AstroTestVault -VaultParameters @{ Path = "$HOME/vault.xml" }
                    Get-SecretVault | Select-Object Name, ModuleName
                }
                Why   = 'A stand-in for the demo. You register your own once, for example Microsoft.PowerShell.SecretStore.'
                Check = { Get-SecretVault demo }
            }
            @{
                Title = 'Create a token for the nightly deploy job, and keep its value in the vault'
                Run   = {
                    $token = @{ Name = 'nightly-deploy'; Role = 'DAG Deployer'; Deployment = 'sales-etl' }
                    New-AstroApiToken @token -Vault demo -SecretName nightly-deploy
                }
                Why   = @(
                    'The token can deploy to one Deployment and ends by itself after 90 days.'
                    'Before success was said, the vault gave the value back and Astro accepted it.'
                    'Nobody has seen the value. Had the vault failed, the token would have been removed again.'
                )
                Check = { Get-SecretInfo nightly-deploy -Vault demo }
            }
        )
    }
}
@{
    Title = 'The nightly job: a new process with no token at all, which knows only where the secret is'
    Steps = {
        $steps = @(
            @{
                Title = 'Connect from the vault'
                Run   = {
                    Import-Module AstroAuth
                    Connect-Astro -Vault demo -SecretName nightly-deploy
                    Test-AstroConnection -Detailed | Select-Object Success, Who, Scope, DaysLeft
                }
                Why   = 'The value went from the vault to the module and was not in a variable, a file or a log.'
                Check = { Test-AstroConnection }
            }
            @{
                Title = 'Use it for any call of the Astro API'
                Run   = {
                    Invoke-AstroRequest 'organizations/{organizationId}/deployments/{deploymentId}' |
                        Select-Object name, status, astroRuntimeVersion
                }
                Why   = 'The ids in braces are the connection''s own; they come from the token.'
            }
            @{
                Title = 'Hand it to another tool'
                Run   = {
                    $token = Get-AstroAccessToken
                    $uri = "http://$env:ASTRO_DOMAIN/v1/organizations"
                    $reply = Invoke-RestMethod $uri -Authentication Bearer -Token $token.Token -AllowUnencryptedAuthentication
                    $reply.organizations.name
                    "$token"
                }
                Why   = @(
                    'The token is a SecureString, just what Invoke-RestMethod takes.'
                    '(-AllowUnencryptedAuthentication only because the emulator is plain http on this machine.)'
                )
                Check = { $token.Token -is [securestring] }
            }
            @{
                Title = 'Least privilege: the job may not look at other tokens'
                Run   = { Get-AstroApiToken -Workspace 'Data Platform' }
                Fails = 'Forbidden'
                Why   = 'An error says what was refused, the request to quote to support, and has an id to test for.'
            }
        )
    }
}
@{
    Title = 'The operator again, to replace the token: new value in, old value dead'
    Token = 'workspaceOwner'
    Steps = {
        $steps = @(
            @{
                Title = 'Two connections side by side: mine, and the one the job uses now'
                Run   = {
                    Import-Module AstroAuth
                    Connect-Astro
                    $old = Connect-Astro -Name old -NoDefault -Vault demo -SecretName nightly-deploy -PassThru
                    Get-AstroConnection
                }
                Why   = 'Connections have names; -Connection on any cmdlet says which one to use.'
                Check = { @(Get-AstroConnection).Count -eq 2 }
            }
            @{
                Title = 'Rotate it'
                Run   = {
                    $rotation = @{ Vault = 'demo'; SecretName = 'nightly-deploy'; Confirm = $false }
                    $result = Invoke-AstroApiTokenRotation -Id $old.TokenId @rotation
                    $result | Format-List Name, Status, OldId, NewId, ExpiresOn, Vault, SecretName
                }
                Why   = @(
                    'A successor with the same roles was made, tried, written to the vault and read back;'
                    'only then did the old token go. Killed anywhere in between, the next run finishes or undoes it.'
                )
                Check = { $result.Status -eq 'Rotated' -and $result.NewId -ne $old.TokenId }
            }
            @{
                Title = 'Nothing is left open, and a schedule that runs every hour leaves young tokens alone'
                Run   = {
                    Get-AstroApiTokenRotation
                    (Invoke-AstroApiTokenRotation -Id $result.NewId @rotation -OlderThan 30.00:00).Reason
                }
                Why   = 'With -GracePeriod the old token would live on for a while and be removed by the run that comes after it.'
                Check = { -not (Get-AstroApiTokenRotation) }
            }
            @{
                Title = 'The old value is dead'
                Run   = { Invoke-AstroRequest 'organizations/{organizationId}/deployments/{deploymentId}' -Connection old }
                Fails = 'Unauthorized'
                Why   = 'Whoever copied it has nothing any more. Astro says why, and AstroAuth says which token it was.'
            }
        )
    }
}
@{
    Title = 'The nightly job, next run: the same two lines as before'
    Steps = {
        $steps = @(
            @{
                Title = 'The vault''s value works'
                Run   = {
                    Import-Module AstroAuth
                    Connect-Astro -Vault demo -SecretName nightly-deploy
                    Test-AstroConnection
                    Invoke-AstroRequest 'organizations/{organizationId}/deployments/{deploymentId}' | Select-Object name, status
                }
                Why   = 'The job was not touched, and never knew that its token had changed.'
                Check = { Test-AstroConnection }
            }
        )
    }
}
