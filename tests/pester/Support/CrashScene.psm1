Set-StrictMode -Version Latest

Import-Module (Join-Path $PSScriptRoot 'Emulator.psm1'), (Join-Path $PSScriptRoot 'ChildProcess.psm1')
$http = [Net.Http.HttpClient]::new([Net.Http.SocketsHttpHandler]@{ UseProxy = $false })

# How a rotation is asked for, by the name of its scene, and what is different there: nothing in the vault before, the
# vault broken when the new value comes, the token of the connection itself, a person in place of a token, and a token
# whose own predecessor still waits for its end.
$sceneKinds = [ordered]@{
    Overlap       = @{ Parameters = @{ Strategy = 'Overlap' } }
    Grace         = @{ Parameters = @{ Strategy = 'Overlap'; GracePeriod = '1.00:00:00' } }
    InPlace       = @{ Parameters = @{ Strategy = 'InPlace' } }
    FirstOverlap  = @{ Parameters = @{ Strategy = 'Overlap' }; IsEmpty = $true }
    FirstInPlace  = @{ Parameters = @{ Strategy = 'InPlace' }; IsEmpty = $true }
    Fallback      = @{ Parameters = @{ Strategy = 'InPlace' }; HasFallback = $true }
    OwnOverlap    = @{ Parameters = @{ Strategy = 'Overlap' }; As = 'own' }
    OwnInPlace    = @{ Parameters = @{ Strategy = 'InPlace' }; As = 'own' }
    Person        = @{ Parameters = @{ Strategy = 'Overlap' }; As = 'person' }
    Again         = @{ Parameters = @{ Strategy = 'Overlap' }; HasWaiting = $true }
}

<#
.SYNOPSIS
    The names of the scenes.
#>
function Get-CrashSceneName { $sceneKinds.Keys }

<#
.SYNOPSIS
    A place where one case at a time can happen: an emulator of its own and a vault in a file that tells the emulator
    what it holds. With -WithVariants also a vault without metadata and one whose module can vanish.
#>
function New-CrashSlot([string] $Name, [string] $Folder, [switch] $WithVariants) {
    $emulator = Start-TestEmulator
    $slot = @{ Name = $Name; Emulator = $emulator; Folder = $Folder; Module = Join-Path $Folder "Vanishing$Name" }
    $parameters = @{ Path = (Join-Path $Folder "$Name.xml"); Watch = $emulator.Uri }
    Register-SecretVault -Name $Name -ModuleName AstroTestVault -VaultParameters $parameters
    Register-SecretVault -Name "Other$Name" -ModuleName AstroTestVault -VaultParameters @{ Path = (Join-Path $Folder "Other$Name.xml") }
    if ($WithVariants) {
        New-VanishingModule $slot.Module
        Register-SecretVault -Name "Bare$Name" -ModuleName AstroTestVaultNoMetadata -VaultParameters $parameters
        Register-SecretVault -Name "Vanishing$Name" -ModuleName $slot.Module -VaultParameters $parameters
    }
    $slot
}

# The test vault under a name of its own, because it is by its name that a loaded module is found.
function New-VanishingModule([string] $Folder) {
    $source = Split-Path (Get-Module -ListAvailable AstroTestVault).Path
    $name = Split-Path $Folder -Leaf
    Copy-Item -LiteralPath $source -Destination $Folder -Recurse
    Get-ChildItem -LiteralPath $Folder -Recurse -Include 'AstroTestVault*' | Sort-Object { $_.FullName.Length } -Descending | ForEach-Object {
        if (-not $_.PSIsContainer) { (Get-Content -LiteralPath $_ -Raw).Replace('AstroTestVault.Extension', "$name.Extension") | Set-Content -LiteralPath $_ }
        Rename-Item -LiteralPath $_ -NewName $_.Name.Replace('AstroTestVault', $name)
    }
}

<#
.SYNOPSIS
    A request to a slot's emulator; without a token to its control API.
#>
function Send-SlotRequest($Slot, [string] $Method, [string] $Path, $Body, [string] $Token) {
    $message = [Net.Http.HttpRequestMessage]::new($Method, "$($Slot.Emulator.Uri)/$Path")
    try {
        if ($Token) { $message.Headers.Authorization = [Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $Token) }
        if ($null -ne $Body) { $message.Content = [Net.Http.StringContent]::new((ConvertTo-Json $Body -Depth 6 -Compress), [Text.Encoding]::UTF8, 'application/json') }
        $answer = $http.SendAsync($message).GetAwaiter().GetResult()
        $text = $answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()
        if (-not $answer.IsSuccessStatusCode) { throw "$Method $Path gave $([int]$answer.StatusCode): $text" }
        if ($text) { ConvertFrom-Json $text }
    }
    finally { $message.Dispose() }
}

<#
.SYNOPSIS
    A token with a description and roles of four kinds, its value in the slot's vault with metadata of the user, and a
    credential that may rotate it.
#>
function New-CrashScene($Slot, [string] $Name, [string] $Strategy, [string] $VaultKind = '', [int] $TimeoutSec = 60) {
    $emulator = $Slot.Emulator
    $kind = $sceneKinds[$Strategy]
    $isOwn = $kind['As'] -eq 'own'
    $role = $isOwn ? 'WORKSPACE_OWNER' : 'WORKSPACE_AUTHOR'
    $null = Send-SlotRequest $Slot POST '_emulator/clock' @{ reset = $true }
    # Else the lists of a slot grow past a page, and a step more comes into each rotation.
    $null = Send-SlotRequest $Slot POST '_emulator/reset'
    'faults', 'watched' | ForEach-Object { Send-SlotRequest $Slot DELETE "_emulator/$_" }
    $tokens = "v1/organizations/$($emulator.organization.id)/tokens"
    $owner = $emulator.tokens.organizationOwner.value
    $deployment = @($emulator.deployments)[0]
    $token = Send-SlotRequest $Slot POST $tokens -Token $owner -Body @{
        name = $Name; role = $role; scope = 'WORKSPACE'; entityId = $deployment.workspaceId
        description = 'Loads sales, every night'; tokenExpiryPeriodInDays = 90
    }
    $roles = @(
        @{ entityType = 'WORKSPACE'; entityId = $deployment.workspaceId; role = $role }
        @{ entityType = 'DEPLOYMENT'; entityId = $deployment.id; role = 'DEPLOYMENT_ADMIN' }
        @{ entityType = 'DAG'; entityId = 'load_sales'; deploymentId = $deployment.id; role = 'DAG_AUTHOR' }
        @{ entityType = 'DAG_TAG'; entityId = 'sales'; deploymentId = $deployment.id; role = 'DAG_VIEWER' }
    )
    $null = Send-SlotRequest $Slot POST "$tokens/$($token.id)/roles" @{ roles = $roles } -Token $owner
    $runner = Send-SlotRequest $Slot POST '_emulator/tokens' @{ scope = 'ORGANIZATION'; name = "runner of $Name" }

    $vault = "$VaultKind$($Slot.Name)"
    $scene = @{
        Name = $Name; Strategy = $Strategy; TokenId = $token.id; Value = $token.token; Vault = $vault; Role = $role
        # A person's session is new each time, and asks for its organization anew.
        Runner = switch ($kind['As']) { 'own' { $token.token } 'person' { (Send-SlotRequest $Slot POST '_emulator/user-tokens' @{ email = $emulator.users.owner.email; lifetimeSeconds = Get-Random -Minimum 40000 -Maximum 80000 }).value } default { $runner.value } }
        HasGrace = $kind['HasWaiting'] -or $kind.Parameters.ContainsKey('GracePeriod'); Waiting = $null
        Spare = $runner.value; IsOwn = $isOwn; IsPerson = $kind['As'] -eq 'person'; IsEmpty = [bool]$kind['IsEmpty']
        Parameters = $kind.Parameters.Clone(); IsInPlace = $kind.Parameters.Strategy -eq 'InPlace'; Fallback = $null
        Domain = $emulator.domain; Tokens = $tokens; File = Join-Path $Slot.Folder "$($Slot.Name).xml"; Secret = 'kept'
        TimeoutSec = $TimeoutSec; Modules = @{ AstroAuth = (Get-Module AstroAuth).Path }
    }
    if ($kind['HasWaiting']) {
        $end = [DateTime]::UtcNow.AddHours(12).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [cultureinfo]::InvariantCulture)
        $scene.Waiting = Send-SlotRequest $Slot POST $tokens -Token $owner -Body @{
            name = "former $Name"; role = $role; scope = 'WORKSPACE'; entityId = $deployment.workspaceId; tokenExpiryPeriodInDays = 90
            description = "Loads sales [astroauth:retire at=$end by=$($token.id)]"
        }
        Send-SlotRequest $Slot POST '_emulator/watched' @{ name = 'waiting'; value = $scene.Waiting.token }
    }
    if ($kind['HasFallback']) {
        $scene.Fallback = "Other$($Slot.Name)"
        $scene.Parameters.FallbackVault = $scene.Fallback
        Set-VaultPlan $scene.Fallback @{}
    }
    if (-not (Test-Path -LiteralPath $Slot.Module) -and (Test-Path -LiteralPath "$($Slot.Module).gone")) {
        Rename-Item -LiteralPath "$($Slot.Module).gone" -NewName (Split-Path $Slot.Module -Leaf)
    }
    Set-VaultPlan $vault @{}
    $before = [pscustomobject]@{ Name = 'kept'; Secret = [Net.NetworkCredential]::new('', $token.token).SecurePassword; Metadata = '{"Owner":"team sales"}' }
    Remove-Item -LiteralPath $scene.File, (Join-Path $Slot.Folder "Other$($Slot.Name).xml") -ErrorAction Ignore
    if (-not $scene.IsEmpty) {
        Export-Clixml -LiteralPath $scene.File -InputObject @($before)
        Send-SlotRequest $Slot POST '_emulator/watched' @{ name = 'kept'; value = $token.token }
    }
    Send-SlotRequest $Slot POST '_emulator/watched' @{ name = 'old'; value = $token.token }
    Send-SlotRequest $Slot DELETE '_emulator/requests'
    $scene
}

<#
.SYNOPSIS
    What a vault is to do at which of its next calls; the calls are counted from now on and written down.
#>
function Set-VaultPlan([string] $Vault, [hashtable] $Plan) {
    $values = @{ Plan = $Plan; Met = $false; Calls = 0; Log = [Collections.ArrayList]::new() }
    foreach ($key in $values.Keys) { [AppDomain]::CurrentDomain.SetData("AstroTestVault:${Vault}:$key", $values[$key]) }
}

function Get-VaultLog([string] $Vault) { @([AppDomain]::CurrentDomain.GetData("AstroTestVault:${Vault}:Log")) }

function Test-VaultPlanMet([string] $Vault) { [bool][AppDomain]::CurrentDomain.GetData("AstroTestVault:${Vault}:Met") }

# Also what a child runs: it sees this function's text and nothing else of this module.
$run = {
    param($Scene, [hashtable] $Parameters)
    # Not -Debug, which would have warnings ask somebody.
    $VerbosePreference = $DebugPreference = 'Continue'
    $secure = [Net.NetworkCredential]::new('', $Scene.Runner).SecurePassword
    $credential = $Scene.IsPerson ? @{ AccessToken = $secure } : @{ ApiToken = $secure }
    $connection = Connect-Astro @credential -Name runner -Domain $Scene.Domain -TimeoutSec $Scene.TimeoutSec -SkipValidation -NoDefault -PassThru
    Invoke-AstroApiTokenRotation -Name $Scene.Name -Vault $Scene.Vault -SecretName $Scene.Secret -Connection $connection -Confirm:$false @Parameters
}

<#
.SYNOPSIS
    Rotates a scene's token in this process, with all streams open.
.OUTPUTS
    Results, Errors and Text: everything that was said, in every form that could hold a secret.
#>
function Invoke-CrashRun($Scene, [hashtable] $More = @{}) {
    $parameters = $Scene.Parameters + $More
    $all = @(try { & $run $Scene $parameters *>&1 } catch { $_ })
    $results = @($all | Where-Object { $_ -isnot [string] -and $_.GetType().Name -eq 'AstroTokenRotation' })
    $errors = @($all | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    $text = [Text.StringBuilder]::new()
    foreach ($one in $all) { $null = $text.AppendLine("$one") }
    foreach ($one in @($results) + $errors) { $null = $text.AppendLine(($one | Format-List * -Force | Out-String -Width 4096)) }
    foreach ($one in $results) { $null = $text.AppendLine((ConvertTo-Json $one -Depth 4)).AppendLine([Management.Automation.PSSerializer]::Serialize($one)) }
    foreach ($one in $errors) { $null = $text.AppendLine($one.Exception.ToString()).AppendLine([Management.Automation.PSSerializer]::Serialize($one)) }
    @{ Results = $results; Errors = $errors; Text = $text.ToString() }
}

<#
.SYNOPSIS
    The same in a child that can be killed; its transcript and all it writes are in a folder of its own.
#>
function Start-CrashRun($Scene, [hashtable] $Plan, [string] $Folder, [hashtable] $FallbackPlan = @{}) {
    $given = @{ scene = $Scene; plan = @($Plan.Keys | ForEach-Object { @{ vault = $Scene.Vault; at = $_; mode = $Plan[$_] } }) + @($FallbackPlan.Keys | ForEach-Object { @{ vault = $Scene.Fallback; at = $_; mode = $FallbackPlan[$_] } }); transcript = Join-Path $Folder 'transcript' }
    $script = [scriptblock]::Create(@"
`$given = ConvertFrom-Json `$env:CRASH_CASE -AsHashtable
Remove-Item env:CRASH_CASE
`$null = Start-Transcript -LiteralPath `$given.transcript
foreach (`$vault in `$given.plan | Group-Object { `$_.vault }) {
    `$plan = @{}
    `$vault.Group | ForEach-Object { `$plan[[int]`$_.at] = `$_.mode }
    [AppDomain]::CurrentDomain.SetData("AstroTestVault:`$(`$vault.Name):Plan", `$plan)
}
Import-Module AstroAuth, Microsoft.PowerShell.SecretManagement
`$parameters = `$given.scene.Parameters
& { $run } `$given.scene `$parameters *>&1 | Out-String -Stream
"@)
    Start-ChildPwsh $script -WorkingDirectory $Folder -Environment @{ CRASH_CASE = ConvertTo-Json $given -Depth 5 -Compress; TMPDIR = $Folder; TEMP = $Folder; TMP = $Folder; DOTNET_EnableDiagnostics = '0' }
}

Export-ModuleMember -Function Get-CrashSceneName, New-CrashSlot, New-CrashScene, Send-SlotRequest, Set-VaultPlan, Get-VaultLog, Test-VaultPlanMet, Invoke-CrashRun, Start-CrashRun
