# Yealink SIP phones: T, W, CP and VP series. The .boot files that firmware from V81 on
# asks for first are refused on purpose: where one is found, the phone reads nothing else.
[profile]
vendor = Yealink
user-agent = ^(?i:yealink[ -]|(?:SIP[ -])?(?:T|W|CP|VP)-?\d)
model = (?i)\b((?:T|W|CP|VP)-?\d+[0-9A-Z]*)
check-sync = check-sync;reboot=false
calls-unregistered = no

[file common]
path = y\d{12}\.cfg
format = equals
first-line = #!version:1.0.0.1

[content common]
static.auto_provision.pnp_enable = 0
static.auto_provision.power_on = 1
static.security.trust_certificates = 1
static.trusted_certificates.url = {ca-url}

[file device]
path = {mac}\.cfg
keys = yes
format = equals
first-line = #!version:1.0.0.1

[content device]
account.{line}.enable = 1
account.{line}.label = {name}
account.{line}.display_name = {name}
account.{line}.user_name = {user}
account.{line}.auth_name = {key}
account.{line}.password = {secret}
account.{line}.sip_server.1.address = {domain}
account.{line}.sip_server.1.port = {port}
account.{line}.sip_server.1.transport_type = {transport|udp=0|tcp=1|tls=2}
account.{line}.sip_server.1.expires = {expiry}
account.{line}.outbound_proxy_enable = 1
account.{line}.outbound_proxy.1.address = {registrar}
account.{line}.outbound_proxy.1.port = {port}
account.{line}.srtp_encryption = {srtp|off=0|offered=1|required=2}
static.security.user_password = user:{maintenance}
static.security.user_password = var:{maintenance}
static.security.user_password = admin:{maintenance}
static.security.trust_certificates = 1
static.security.cn_validation = 1
static.trusted_certificates.url = {ca-url}
static.auto_provision.pnp_enable = 0
static.auto_provision.power_on = 1
static.auto_provision.repeat.enable = 1
static.auto_provision.repeat.minutes = {resync-minutes}
static.auto_provision.server.url = {again}
sip.notify_reboot_enable = 0
local_time.time_zone = {zone-hours}
local_time.ntp_server1 = {ntp}

[off device]
account.{line}.enable = 0
account.{line}.label =
account.{line}.display_name =
account.{line}.user_name =
account.{line}.auth_name =
account.{line}.password =

[bootstrap common]
path = y\d{12}\.cfg
path = {mac}\.cfg
format = equals
first-line = #!version:1.0.0.1

[bootstrap-content common]
static.trusted_certificates.url = {ca-url}
static.security.trust_certificates = 1
static.auto_provision.pnp_enable = 0
static.auto_provision.power_on = 1
static.auto_provision.server.url = {provisioning}
