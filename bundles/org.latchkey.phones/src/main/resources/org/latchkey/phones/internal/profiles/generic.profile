# Whatever phone no other profile knows, if it takes lines of key = value.
[profile]
vendor = generic
fallback = yes
calls-unregistered = no
check-sync = check-sync

[file device]
path = {mac}\.(?:cfg|conf|ini|txt)
keys = yes
format = equals

[content device]
line.{line}.enabled = 1
line.{line}.display_name = {name}
line.{line}.user_name = {user}
line.{line}.domain = {domain}
line.{line}.auth_name = {key}
line.{line}.auth_password = {secret}
line.{line}.registrar = {registrar}
line.{line}.port = {port}
line.{line}.transport = {transport}
line.{line}.expires = {expiry}
line.{line}.srtp = {srtp}
admin.password = {maintenance}
provisioning.url = {again}
provisioning.interval_minutes = {resync-minutes}
trusted_ca.url = {ca-url}
time.server = {ntp}
time.zone_offset = {zone-clock}

[off device]
line.{line}.enabled = 0
line.{line}.display_name =
line.{line}.user_name =
line.{line}.auth_name =
line.{line}.auth_password =
