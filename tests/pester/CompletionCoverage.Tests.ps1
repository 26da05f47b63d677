# Every argument that names something can be completed, or it is written here why not.

BeforeAll {
    Import-Module AstroAuth
    $common = [Management.Automation.PSCmdlet]::CommonParameters + [Management.Automation.PSCmdlet]::OptionalCommonParameters
    # A parameter of any cmdlet, or of one.
    $reasons = @{
        'Description'                         = 'free text'
        'Note'                                = 'free text'
        'NewName'                             = 'a name that is new'
        'New-AstroApiToken -Name'             = 'a name that is new'
        'New-AstroAgentToken -Name'           = 'a name that is new'
        'New-AstroDeployment -Name'           = 'a name that is new'
        'New-AstroRole -Name'                 = 'a name that is new'
        'New-AstroWorkspace -Name'            = 'a name that is new'
        'Set-AstroApiToken -Name'             = 'a name that is new'
        'Set-AstroDeployment -Name'           = 'a name that is new'
        'Convert-AstroDeploymentKey -Name'    = 'a name that is new'
        'Use-AstroEphemeralDeployment -Name'  = 'a name that is new'
        'Start-AstroDagRun -RunId'            = 'an id that is new'
        'Export-AstroAccessToken -VariableName' = 'a name that is new, up to the pipeline'
        'Export-AstroTokenReport -Path'       = 'PowerShell completes files'
        'Import-AstroConnection -Path'        = 'PowerShell completes files'
        'Publish-AstroDag -Path'              = 'PowerShell completes folders'
        'Publish-AstroDag -BaseFolder'        = 'a folder inside the bundle, free text'
        'Invoke-AstroRequest -Path'           = 'any path of the API'
        'Invoke-AstroAirflowRequest -Path'    = 'any path of the API'
        'Query'                               = 'a hashtable'
        'Body'                                = 'an object or JSON'
        'Conf'                                = 'an object or JSON'
        'WorkerQueue'                         = 'hashtables, and PowerShell completes whole arguments only'
        'Variable'                            = 'a hashtable, and PowerShell completes whole arguments only'
        'HibernationSchedule'                 = 'hashtables, and PowerShell completes whole arguments only'
        'ContactEmail'                        = 'addresses of people, which are not collected'
        'DefaultTaskPodCpu'                   = 'an amount'
        'DefaultTaskPodMemory'                = 'an amount'
        'ResourceQuotaCpu'                    = 'an amount'
        'ResourceQuotaMemory'                 = 'an amount'
    }
    $named = [string], [string[]], [object], [Collections.IDictionary], [hashtable[]]

    function Test-Named($Parameter) {
        ($Parameter.ParameterType -in $named -or $Parameter.ParameterType.Name -eq 'ConnectionReference') -and
        -not ($Parameter.Attributes | Where-Object { $_ -is [ValidateSet] })
    }

    function Get-Completer($Parameter) { $Parameter.Attributes | Where-Object { $_ -is [ArgumentCompleter] } }
}

Describe 'completion of all cmdlets' {
    BeforeAll {
        $all = foreach ($command in Get-Command -Module AstroAuth) {
            foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
                $property = $command.ImplementingType.GetProperty($parameter.Name)
                [pscustomobject]@{
                    Name      = "$($command.Name) -$($parameter.Name)"
                    Names     = Test-Named $parameter
                    Completer = (Get-Completer $parameter).Type
                    Reason    = $reasons["$($command.Name) -$($parameter.Name)"] ?? $reasons[$parameter.Name]
                    Wildcards = [bool]$property.GetCustomAttributes([Management.Automation.SupportsWildcardsAttribute], $true)
                }
            }
        }
    }

    It 'has a completer for each argument that names something, or a reason why not' {
        $all.Count | Should -BeGreaterThan 200
        ($all | Where-Object { $_.Names -and -not $_.Completer -and -not $_.Reason }).Name | Should -BeNullOrEmpty
    }

    It 'has no reason for what is completed' {
        ($all | Where-Object { $_.Completer -and $_.Reason }).Name | Should -BeNullOrEmpty
    }

    It 'escapes wildcards where a parameter takes them, and only there' {
        $wrong = foreach ($one in $all | Where-Object Completer) {
            $escapes = $one.Completer.GetProperty('TakesWildcards', [Reflection.BindingFlags]'Instance,NonPublic').GetValue([Activator]::CreateInstance($one.Completer))
            if ($escapes -ne $one.Wildcards) { $one.Name }
        }
        $wrong | Should -BeNullOrEmpty
    }
}

Describe 'the written reasons' {
    It 'speak of parameters there are' {
        $all = foreach ($command in Get-Command -Module AstroAuth) {
            foreach ($parameter in $command.Parameters.Keys) { $parameter; "$($command.Name) -$parameter" }
        }
        $reasons.Keys | Where-Object { $_ -notin $all } | Should -BeNullOrEmpty
    }
}
