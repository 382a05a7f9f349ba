# Avaya J100. The older 96x1 takes passwords of 13 characters at most and can't be served.
[profile]
vendor = Avaya
user-agent = AVAYA/
model = AVAYA/([A-Za-z0-9]+)
check-sync = check-sync
calls-unregistered = no

[settings]
identifier = short

[file upgrade]
path = J100Supgrade\.txt
format = set

[content upgrade]
GET = 46xxsettings.txt

[file settings]
path = 46xxsettings\.txt
format = set

[content settings]
TRUSTCERTS = {ca-url?}rootca.pem
ENABLE_PUBLIC_CA_CERTS = 1
ENABLE_OOD_RESET_NOTIFY = 1
GET = $MACADDR.txt

[file device]
path = {mac}\.(?:txt|cfg)
keys = yes
format = set

[content device]
FORCE_SIP_EXTENSION = {user}
FORCE_SIP_USERNAME = {key}
FORCE_SIP_PASSWORD = {secret}
SIPDOMAIN = {domain}
SIP_CONTROLLER_LIST = {registrar}:{port};transport={transport}
DISPLAY_NAME = {name}
REGISTERWAIT = {expiry}
MEDIAENCRYPTION = {srtp|off=9|offered=1,9|required=1}
ADMIN_PASSWORD = {maintenance}
FORCE_WEB_ADMIN_PASSWORD = {maintenance}
TLSSRVR = {host}
TLSPORT = {https-port}
TLSDIR = /{again-path}
TLSSRVRID = 1
ENABLE_OOD_RESET_NOTIFY = 1
SNTPSRVR = {ntp}
GMTOFFSET = {zone-clock}

[bootstrap upgrade]
path = J100Supgrade\.txt
format = set

[bootstrap-content upgrade]
GET = 46xxsettings.txt

[bootstrap settings]
path = 46xxsettings\.txt
format = set

[bootstrap-content settings]
TRUSTCERTS = {ca-url?}ca.pem
ENABLE_PUBLIC_CA_CERTS = 1
TLSSRVR = {host}
TLSPORT = {https-port}
TLSDIR = /{provisioning-path}
TLSSRVRID = 1
