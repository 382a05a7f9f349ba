# Grandstream GXP, GRP, GXV, HT and DP. The phone compares <mac> with its own. P-values are
# understood by old and new firmware; each line has numbers of its own.
[profile]
vendor = Grandstream
user-agent = ^Grandstream 
model = HW ([^ ]+)
check-sync = check-sync
calls-unregistered = yes

[file device]
path = cfg{mac}\.xml
keys = yes
format = xml
root = gs_provision[@version=1]

[content device]
mac = {mac}
config[@version=1]/{line|1=P271|2=P401|3=P501|4=P601} = 1
config[@version=1]/{line|1=P47|2=P402|3=P502|4=P602} = {domain}:{port}
config[@version=1]/{line|1=P48|2=P403|3=P503|4=P603} = {registrar}:{port}
config[@version=1]/{line|1=P35|2=P404|3=P504|4=P604} = {user}
config[@version=1]/{line|1=P36|2=P405|3=P505|4=P605} = {key}
config[@version=1]/{line|1=P34|2=P406|3=P506|4=P606} = {secret}
config[@version=1]/{line|1=P3|2=P407|3=P507|4=P607} = {name}
config[@version=1]/{line|1=P270|2=P417|3=P517|4=P617} = {name}
config[@version=1]/{line|1=P130|2=P448|3=P548|4=P648} = {transport|udp=0|tcp=1|tls=2}
config[@version=1]/{line|1=P183|2=P443|3=P543|4=P643} = {srtp|off=0|offered=1|required=2}
config[@version=1]/P32 = {expiry-minutes}
config[@version=1]/P109 = 1
config[@version=1]/P2 = {maintenance}
config[@version=1]/P196 = {maintenance}
config[@version=1]/P212 = 2
config[@version=1]/P237 = {again-host}
config[@version=1]/P194 = 1
config[@version=1]/P193 = {resync-minutes}
config[@version=1]/P8458 = 1
config[@version=1]/P238 = 2
config[@version=1]/P145 = 0
config[@version=1]/P1414 = 0
config[@version=1]/P4428 = 0
config[@version=1]/P8463 = 1
config[@version=1]/P2386 = {ca-pem}
config[@version=1]/P30 = {ntp}

[off device]
config[@version=1]/{line|1=P271|2=P401|3=P501|4=P601} = 0
config[@version=1]/{line|1=P35|2=P404|3=P504|4=P604} =
config[@version=1]/{line|1=P36|2=P405|3=P505|4=P605} =
config[@version=1]/{line|1=P34|2=P406|3=P506|4=P606} =
config[@version=1]/{line|1=P3|2=P407|3=P507|4=P607} =
config[@version=1]/{line|1=P270|2=P417|3=P517|4=P617} =

[bootstrap device]
path = cfg{mac}\.xml
format = xml
root = gs_provision[@version=1]

[bootstrap-content device]
mac = {mac}
config[@version=1]/P2386 = {ca-pem}
config[@version=1]/P8463 = 1
config[@version=1]/P212 = 2
config[@version=1]/P237 = {provisioning-host}
config[@version=1]/P194 = 1
config[@version=1]/P238 = 2
config[@version=1]/P145 = 0
