# Htek UC series: P-values much like Grandstream's, in another element.
[profile]
vendor = Htek
user-agent = ^(?i)htek
model = ^(?i)htek ([^ ]+)
check-sync = resync
calls-unregistered = no

[file device]
path = cfg{mac}\.xml
path = {mac}\.cfg
keys = yes
format = xml
root = hl_provision[@version=1]/config[@version=1]

[content device]
{line|1=P271} = 1
{line|1=P47} = {domain}:{port}
{line|1=P48} = {registrar}:{port}
{line|1=P35} = {user}
{line|1=P36} = {key}
{line|1=P34} = {secret}
{line|1=P3} = {name}
{line|1=P270} = {name}
{line|1=P130} = {transport|udp=0|tcp=1|tls=2}
{line|1=P183} = {srtp|off=0|offered=1|required=2}
P2 = {maintenance}
P196 = {maintenance}
P212 = 2
P237 = {again-host}
P194 = 1
P193 = {resync-minutes}
P30 = {ntp}
