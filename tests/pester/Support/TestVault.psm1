Set-StrictMode -Version Latest

<#
.SYNOPSIS
    Leaves no vault registered but new steerable ones of these names.
#>
function Reset-TestVault([string[]] $Name = @()) {
    Get-SecretVault | Unregister-SecretVault -ErrorAction Ignore
    foreach ($one in $Name) { Register-SecretVault -Name $one -ModuleName AstroTestVault }
}

<#
.SYNOPSIS
    Switches the misbehaviour of a steerable vault (tests/modules/AstroTestVault): one or more modes, or none.
#>
function Set-TestVaultMode {
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Vault,
        [Parameter(Position = 1)] [AllowEmptyString()] [string] $Mode = ''
    )

    [AppDomain]::CurrentDomain.SetData("AstroTestVault:${Vault}:Mode", $Mode)
}

<#
.SYNOPSIS
    How often a steerable vault of this process has been called.
#>
function Get-TestVaultCall {
    param([Parameter(Mandatory, Position = 0)] [string] $Vault)

    [int][AppDomain]::CurrentDomain.GetData("AstroTestVault:${Vault}:Calls")
}

<#
.SYNOPSIS
    Plans a mode for calls to come alone: the first from now on, the second, and so on.
#>
function Set-TestVaultPlan {
    param([Parameter(Mandatory)] [string] $Vault, [Parameter(Mandatory)] [int[]] $Call, [Parameter(Mandatory)] [string] $Mode)

    $first = Get-TestVaultCall $Vault
    $plan = @{}
    $Call | ForEach-Object { $plan[$first + $_] = $Mode }
    [AppDomain]::CurrentDomain.SetData("AstroTestVault:${Vault}:Plan", $plan)
}

Export-ModuleMember -Function Reset-TestVault, Set-TestVaultMode, Get-TestVaultCall, Set-TestVaultPlan
