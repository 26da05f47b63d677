# What the three test vaults share. Dot-sourced into each, because each is a module of its own to SecretManagement.
#
# A test steers a vault through AppDomain data, since these functions see no variable of the test's:
#   [AppDomain]::CurrentDomain.SetData('AstroTestVault:<vault name>:Mode', 'locked,slow')
# and reads how often the vault was called from 'AstroTestVault:<vault name>:Calls'. A Mode key in the vault's
# VaultParameters is the start value; a Path key keeps the secrets in a file instead of in memory. With a Watch key, the
# address of an emulator, that learns every value as soon as it is kept.
#
# For the n-th call alone there is a plan, a hashtable of modes by number, in 'AstroTestVault:<vault name>:Plan'; and
# where a test has put a list into 'AstroTestVault:<vault name>:Log', each call is written down.

function Get-VaultData([string] $VaultName, [string] $Key) {
    [AppDomain]::CurrentDomain.GetData("AstroTestVault:${VaultName}:$Key")
}

function Set-VaultData([string] $VaultName, [string] $Key, $Value) {
    [AppDomain]::CurrentDomain.SetData("AstroTestVault:${VaultName}:$Key", $Value)
}

<#
.SYNOPSIS
    Counts the call, waits, ends or throws as the vault's modes say, and gives the modes that are left to the function.
#>
function Enter-VaultCall([string] $VaultName, [hashtable] $Parameters, [string] $What) {
    $call = 1 + [int](Get-VaultData $VaultName 'Calls')
    Set-VaultData $VaultName 'Calls' $call
    # Not through the function, which would unroll the list.
    $log = [AppDomain]::CurrentDomain.GetData("AstroTestVault:${VaultName}:Log")
    if ($null -ne $log) { $null = $log.Add($What) }

    $mode = Get-VaultData $VaultName 'Mode'
    if ($null -eq $mode) { $mode = $Parameters['Mode'] }
    $plan = Get-VaultData $VaultName 'Plan'
    if ($plan -and $plan[$call + 1] -eq 'vanish') { Hide-VaultModule $VaultName }
    if ($plan -and $plan[$call]) {
        $mode = $plan[$call]
        Set-VaultData $VaultName 'Met' $true
    }
    $modes = @("$mode".Split(',') | ForEach-Object { $_.Trim() } | Where-Object { $_ })
    if ($modes -contains 'killbefore') { Stop-VaultProcess }
    if ($modes -contains 'slow') { Start-Sleep -Seconds 2 }
    if ($modes -contains 'pause') { Start-Sleep -Milliseconds 300 }
    if ($modes -contains 'fail') { throw "The vault $VaultName refuses." }
    if ($modes -contains 'error') { Write-Error -Message "The vault $VaultName reports a failure." -ErrorId 'AstroTestVaultError' -ErrorAction Stop }
    if ($modes -contains 'lockedtext') { throw "The vault $VaultName is locked." }
    if ($modes -contains 'locked' -and -not (Get-VaultData $VaultName 'Unlocked')) {
        throw [Microsoft.PowerShell.SecretManagement.PasswordRequiredException]::new("The vault $VaultName is locked. Unlock it first.")
    }
    , $modes
}

<#
.SYNOPSIS
    What there is to do when a secret has been kept or removed: somebody may watch, or the process has to die here.
#>
function Exit-VaultChange([string] $Name, $Secret, [hashtable] $Parameters, [string[]] $Modes) {
    if ($Parameters['Watch']) {
        $value = if ($Secret -is [securestring]) { [Net.NetworkCredential]::new('', $Secret).Password } else { "$Secret" }
        Send-ToEmulator $Parameters 'watched' $(if ($null -eq $Secret) { @{ name = $Name } } else { @{ name = $Name; value = $value } })
    }
    if ($Modes -contains 'killafter') { Stop-VaultProcess }
}

function Send-ToEmulator([hashtable] $Parameters, [string] $Path, [hashtable] $Body) {
    $http = Get-VaultData '' 'Http'
    if ($null -eq $http) {
        $http = [Net.Http.HttpClient]::new([Net.Http.SocketsHttpHandler]@{ UseProxy = $false })
        Set-VaultData '' 'Http' $http
    }
    $content = [Net.Http.StringContent]::new((ConvertTo-Json $Body -Compress), [Text.Encoding]::UTF8, 'application/json')
    $answer = $http.PostAsync("$($Parameters['Watch'])/_emulator/$Path", $content).GetAwaiter().GetResult()
    $null = $answer.EnsureSuccessStatusCode()
    $answer.Dispose()
}

# No finally, no exit handler, nothing flushed: SIGKILL on Linux, TerminateProcess on Windows.
function Stop-VaultProcess {
    [Diagnostics.Process]::GetCurrentProcess().Kill()
    Start-Sleep -Seconds 60
}

<#
.SYNOPSIS
    Takes this module's folder away and the module out of the runspace, so that the next call does not find it.
#>
function Hide-VaultModule([string] $VaultName) {
    $folder = $PSScriptRoot
    Set-VaultData $VaultName 'Met' $true
    Rename-Item -LiteralPath $folder -NewName "$(Split-Path $folder -Leaf).gone"
    Get-Module | Where-Object { $_.ModuleBase.StartsWith($folder, [StringComparison]::Ordinal) } | Remove-Module -Force
}

<#
.SYNOPSIS
    Runs a script block with the secrets of a vault: name => @{ Name; Secret; Metadata }. With -Save they are kept.
#>
function Use-VaultState([string] $VaultName, [hashtable] $Parameters, [scriptblock] $Script, [switch] $Save) {
    $path = $Parameters['Path']
    if (-not $path) {
        $state = Get-VaultData $VaultName 'State'
        if ($null -eq $state) {
            $state = @{}
            Set-VaultData $VaultName 'State' $state
        }
        return & $Script $state
    }

    # Other processes use the file too.
    $guard = $null
    for ($try = 0; $null -eq $guard; $try++) {
        try { $guard = [IO.File]::Open("$path.lock", 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] {
            if ($try -ge 500) { throw }
            Start-Sleep -Milliseconds 20
        }
    }
    try {
        $state = @{}
        if (Test-Path -LiteralPath $path) {
            foreach ($entry in Import-Clixml -LiteralPath $path) {
                # Of no secrets an empty list comes back as one object.
                if (-not $entry) { continue }
                $state[$entry.Name] = @{
                    Name     = $entry.Name
                    Secret   = $entry.Secret
                    Metadata = ConvertFrom-MetadataText $entry.Metadata
                }
            }
        }
        & $Script $state
        if ($Save) {
            $entries = @($state.Values | ForEach-Object {
                    [pscustomobject]@{ Name = $_.Name; Secret = $_.Secret; Metadata = ConvertTo-Json $_.Metadata }
                })
            # Moved into place whole: a process that dies midway leaves the old file.
            Export-Clixml -InputObject $entries -LiteralPath "$path.new"
            Move-Item -LiteralPath "$path.new" -Destination $path -Force
        }
    }
    finally { $guard.Dispose() }
}

# Through JSON, as vaults that keep metadata in files do: an int comes back as a long, an ISO 8601 string as a date.
function ConvertFrom-MetadataText([string] $Text) {
    $metadata = @{}
    (ConvertFrom-Json $Text).PSObject.Properties | ForEach-Object { $metadata[$_.Name] = $_.Value }
    $metadata
}

function Assert-Metadata([hashtable] $Metadata) {
    foreach ($key in $Metadata.Keys) {
        $value = $Metadata[$key]
        if (-not ($value -is [string] -or $value -is [int] -or $value -is [datetime])) {
            throw "The metadata $key is of a type that this vault does not take. It accepts only string, int and DateTime."
        }
    }
}

function Get-SecretKind($Secret) {
    $type = [Microsoft.PowerShell.SecretManagement.SecretType]
    if ($Secret -is [byte[]]) { $type::ByteArray }
    elseif ($Secret -is [string]) { $type::String }
    elseif ($Secret -is [securestring]) { $type::SecureString }
    elseif ($Secret -is [pscredential]) { $type::PSCredential }
    elseif ($Secret -is [hashtable]) { $type::Hashtable }
    else { $type::Unknown }
}

function ConvertTo-OtherSecret($Secret) {
    if ($Secret -is [string]) { return "$Secret-altered" }
    if ($Secret -is [securestring]) {
        $text = [Net.NetworkCredential]::new('', $Secret).Password
        return [Net.NetworkCredential]::new('', "$text-altered").SecurePassword
    }
    if ($Secret -is [pscredential]) { return [pscredential]::new($Secret.UserName, (ConvertTo-OtherSecret $Secret.Password)) }
    $Secret
}

<#
.SYNOPSIS
    Stores a secret, well or badly. Metadata that came with an older value is gone, as in SecretStore.
#>
function Save-VaultSecret([string] $Name, $Secret, [string] $VaultName, [hashtable] $Parameters, [hashtable] $Metadata) {
    $modes = Enter-VaultCall $VaultName $Parameters "Set-Secret $Name"
    if ($modes -contains 'writefail') { throw "The vault $VaultName refuses to write." }
    if ($modes -contains 'writeerror') {
        Write-Error -Message "The vault $VaultName reports a failed write." -ErrorId 'AstroTestVaultWriteError' -Category WriteError
        return
    }
    if ($modes -contains 'writefalse') { return $false }
    if ($modes -contains 'writedrop') { return }
    if ($Metadata.Count -and $modes -contains 'metafail') { throw "The vault $VaultName refuses metadata." }
    Assert-Metadata $Metadata
    if ($modes -contains 'writediffers') { $Secret = ConvertTo-OtherSecret $Secret }
    Use-VaultState $VaultName $Parameters -Save {
        param($state)
        $state[$Name] = @{ Name = $Name; Secret = $Secret; Metadata = $Metadata }
    }
    Exit-VaultChange $Name $Secret $Parameters $modes
}

. (Join-Path $PSScriptRoot 'Functions.ps1')
