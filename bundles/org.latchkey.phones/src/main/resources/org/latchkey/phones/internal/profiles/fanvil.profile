# Fanvil X, V and i series with the sysConf format.
[profile]
vendor = Fanvil
user-agent = ^(?i)fanvil
model = ^(?i)fanvil ([^ ]+)
check-sync = check-sync
calls-unregistered = no

[file model]
path = (?i)f0[0-9a-z.]+\.cfg
path = (?i)fanvil_[0-9a-z_.]+\.(?:txt|cfg)
format = xml
root = sysConf

[content model]
Version = 2.0000000000
ap/pnp/PNPEnable = 0
fwCheck/EnableAutoUpgrade = 0

[file device]
path = {mac}\.cfg
keys = yes
format = xml
root = sysConf

[content device]
Version = 2.0000000000
sip/line[@index={line}]/PhoneNumber = {user}
sip/line[@index={line}]/DisplayName = {name}
sip/line[@index={line}]/SipName = {name}
sip/line[@index={line}]/RegisterAddr = {domain}
sip/line[@index={line}]/RegisterPort = {port}
sip/line[@index={line}]/RegisterUser = {key}
sip/line[@index={line}]/RegisterPswd = {secret}
sip/line[@index={line}]/RegisterTTL = {expiry}
sip/line[@index={line}]/EnableReg = 1
sip/line[@index={line}]/ProxyAddr = {registrar}
sip/line[@index={line}]/ProxyPort = {port}
sip/line[@index={line}]/ProxyUser =
sip/line[@index={line}]/ProxyPswd =
sip/line[@index={line}]/Transport = {transport|udp=0|tcp=1|tls=3}
sip/line[@index={line}]/MediaCrypto = {srtp|off=0|offered=1|required=2}
web/account[@index=1]/Name = admin
web/account[@index=1]/Password = {maintenance}
web/account[@index=1]/Level = 10
ap/FlashProtocol = 5
ap/FlashServerIP = {again-host}
ap/FlashFileName = $mac.cfg
ap/FlashMode = 1
ap/FlashInterval = {resync-hours}
ap/pnp/PNPEnable = 0
fwCheck/EnableAutoUpgrade = 0

[off device]
sip/line[@index={line}]/PhoneNumber =
sip/line[@index={line}]/DisplayName =
sip/line[@index={line}]/SipName =
sip/line[@index={line}]/RegisterUser =
sip/line[@index={line}]/RegisterPswd =
sip/line[@index={line}]/EnableReg = 0
