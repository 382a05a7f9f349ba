# Panasonic KX-HDV, KX-TGP, KX-UT.
[profile]
vendor = Panasonic
user-agent = (?i)panasonic|KX-(?:HDV|TGP|UT)
model = (KX-[0-9A-Z]+)
check-sync = check-sync
calls-unregistered = no

[file model]
path = (?:Config)?KX-[0-9A-Z]+\.cfg
path = ConfigCommon\.cfg
format = quoted
first-line = # Panasonic SIP Phone Standard Format File #

[content model]
CFG_PRODUCT_FILE_PATH = {here}Config{{MAC}}.cfg
CFG_ROOT_CERTIFICATE_PATH = {ca-url}
PNP_ENABLE = N

[file device]
path = (?:Config)?{mac}\.cfg
keys = yes
format = quoted
first-line = # Panasonic SIP Phone Standard Format File #

[content device]
SIP_URI_{line} = {user}@{domain}
PHONE_NUMBER_{line} = {user}
SIP_AUTHID_{line} = {key}
SIP_PASS_{line} = {secret}
DISPLAY_NAME_{line} = {name}
SIP_SVCDOMAIN_{line} = {domain}
SIP_RGSTR_ADDR_{line} = {registrar}
SIP_RGSTR_PORT_{line} = {port}
SIP_PRXY_ADDR_{line} = {registrar}
SIP_PRXY_PORT_{line} = {port}
SIP_OUTPROXY_ADDR_{line} = {registrar}
SIP_OUTPROXY_PORT_{line} = {port}
SIP_TRANSPORT_{line} = {transport|udp=0|tcp=1|tls=2}
REG_EXPIRE_TIME_{line} = {expiry}
ADMIN_PASS = {maintenance}
USER_PASS = {maintenance}
CFG_STANDARD_FILE_PATH = {again}Config{{MAC}}.cfg
CFG_PRODUCT_FILE_PATH =
CFG_ROOT_CERTIFICATE_PATH = {ca-url}
CFG_CYCLE = Y
CFG_CYCLE_INTVL = {resync-minutes}
CFG_RESYNC_FROM_SIP = check-sync
PNP_ENABLE = N
NTP_ADDR = {ntp}
TIME_ZONE = {zone-minutes}

[off device]
SIP_URI_{line} =
PHONE_NUMBER_{line} =
SIP_AUTHID_{line} =
SIP_PASS_{line} =
DISPLAY_NAME_{line} =

[bootstrap model]
path = (?:Config)?KX-[0-9A-Z]+\.cfg
path = ConfigCommon\.cfg
format = quoted
first-line = # Panasonic SIP Phone Standard Format File #

[bootstrap-content model]
CFG_ROOT_CERTIFICATE_PATH = {ca-url}
CFG_STANDARD_FILE_PATH = {provisioning}Config{{MAC}}.cfg
PNP_ENABLE = N
