# Gigaset N870, N670, N610 and Maxwell. Accounts are counted from 0.
[profile]
vendor = Gigaset
user-agent = ^(?i)gigaset
model = ^(?i)gigaset ([^/]+)/
check-sync = check-sync
calls-unregistered = no

[file device]
path = {mac}\.xml
keys = yes
format = xml
root = provisioning[@version=1.1]/nvm

[content device]
param[@name=SipProvider.0.Domain]/@value = {domain}
param[@name=SipProvider.0.ProxyServerAddress]/@value = {registrar}
param[@name=SipProvider.0.ProxyServerPort]/@value = {port}
param[@name=SipProvider.0.RegServerAddress]/@value = {registrar}
param[@name=SipProvider.0.RegServerPort]/@value = {port}
param[@name=SipProvider.0.RegServerRefreshTimer]/@value = {expiry}
param[@name=SipProvider.0.OutboundProxyMode]/@value = 1
param[@name=SipProvider.0.OutboundProxyAddress]/@value = {registrar}
param[@name=SipProvider.0.OutboundProxyPort]/@value = {port}
param[@name=SipProvider.0.TransportProtocol]/@value = {transport|udp=1|tcp=2|tls=3}
param[@name=SipProvider.0.SRTP_Enabled]/@value = {srtp|off=0|offered=1|required=1}
param[@name=SipProvider.0.AcceptNonSRTPCalls]/@value = {srtp|off=1|offered=1|required=0}
param[@name=SipAccount.{line0}.UserName]/@value = {user}
param[@name=SipAccount.{line0}.AuthName]/@value = {key}
param[@name=SipAccount.{line0}.AuthPassword]/@value = {secret}
param[@name=SipAccount.{line0}.DisplayName]/@value = {name}
param[@name=SipAccount.{line0}.ProviderId]/@value = 0
param[@name=WebUIAccounts.1.Password]/@value = {maintenance}
param[@name=Provisioning.global.ProvisioningServer]/@value = {again}

[off device]
param[@name=SipAccount.{line0}.UserName]/@value =
param[@name=SipAccount.{line0}.AuthName]/@value =
param[@name=SipAccount.{line0}.AuthPassword]/@value =
param[@name=SipAccount.{line0}.DisplayName]/@value =
