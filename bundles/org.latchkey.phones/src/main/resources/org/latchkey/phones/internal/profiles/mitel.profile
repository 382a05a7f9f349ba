# Mitel 6800 and 6900, Aastra 6700. Its menu knows a password of digits only.
[profile]
vendor = Mitel
user-agent = ^(?:Mitel|Aastra)
model = ^((?:Mitel|Aastra)[^ ]+)
check-sync = check-sync
calls-unregistered = no
menu-password = digits

[file startup]
path = (?:startup|aastra)\.cfg
format = colon

[content startup]
sip pnp = 0
https validate certificates = 1
https user certificates = {ca-url}

[file device]
path = {mac}\.cfg
keys = yes
format = colon

[content device]
sip line{line} user name = {user}
sip line{line} auth name = {key}
sip line{line} password = {secret}
sip line{line} display name = {name}
sip line{line} screen name = {name}
sip line{line} registrar ip = {domain}
sip line{line} registrar port = {port}
sip line{line} proxy ip = {domain}
sip line{line} proxy port = {port}
sip line{line} outbound proxy = {registrar}
sip line{line} outbound proxy port = {port}
sip line{line} registration period = {expiry}
sip line{line} srtp mode = {srtp|off=0|offered=1|required=2}
sip transport protocol = {transport|udp=1|tcp=2|tls=4}
sips trusted certificates = {ca-url}
https user certificates = {ca-url}
https validate certificates = 1
admin password = {maintenance}
user password = {maintenance}
download protocol = HTTPS
https server = {host}
https port = {https-port}
https path = {again-path}
auto resync mode = 1
auto resync time = 03:00
auto resync max delay = 60
auto resync days = 1
sip pnp = 0
time server1 = {ntp}
time server disabled = 0
time zone name = {zone-minutes-west?}Custom
time zone minutes = {zone-minutes-west}

[off device]
sip line{line} user name =
sip line{line} auth name =
sip line{line} password =
sip line{line} display name =
sip line{line} screen name =

[bootstrap startup]
path = (?:startup|aastra)\.cfg
format = colon

[bootstrap-content startup]
https user certificates = {ca-url}
https validate certificates = 1
download protocol = HTTPS
https server = {host}
https port = {https-port}
https path = {provisioning-path}
sip pnp = 0
