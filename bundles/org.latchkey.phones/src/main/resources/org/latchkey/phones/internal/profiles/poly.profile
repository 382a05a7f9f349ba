# Poly UCS: VVX, Trio, CCX, Edge E, SoundPoint IP. The phone's own <mac>.cfg is refused, so
# that it asks for the master file, which names the file with its keys.
[profile]
vendor = Poly
user-agent = ^FileTransport Poly
model = -([A-Za-z0-9_]+)-UA/
check-sync = check-sync
calls-unregistered = no

[file master]
path = 000000000000\.cfg
format = xml
root = APPLICATION

[content master]
@CONFIG_FILES = [PHONE_MAC_ADDRESS]-user.cfg
@MISC_FILES =
@LOG_FILE_DIRECTORY =
@OVERRIDES_DIRECTORY =
@CONTACTS_DIRECTORY =

[file device]
path = {mac}-user\.cfg
keys = yes
format = xml
root = polycomConfig

[content device]
reg/@reg.{line}.address = {user}
reg/@reg.{line}.displayName = {name}
reg/@reg.{line}.label = {name}
reg/@reg.{line}.auth.userId = {key}
reg/@reg.{line}.auth.password = {secret}
reg/@reg.{line}.server.1.address = {domain}
reg/@reg.{line}.server.1.port = {port}
reg/@reg.{line}.server.1.transport = {transport|udp=UDPOnly|tcp=TCPOnly|tls=TLS}
reg/@reg.{line}.server.1.expires = {expiry}
reg/@reg.{line}.server.1.register = 1
reg/@reg.{line}.outboundProxy.address = {registrar}
reg/@reg.{line}.outboundProxy.port = {port}
reg/@reg.{line}.outboundProxy.transport = {transport|udp=UDPOnly|tcp=TCPOnly|tls=TLS}
sec/@sec.srtp.enable = {srtp|off=0|offered=1|required=1}
sec/@sec.srtp.offer = {srtp|off=0|offered=1|required=1}
sec/@sec.srtp.require = {srtp|off=0|offered=0|required=1}
device/@device.set = 1
device/@device.auth.localAdminPassword.set = 1
device/@device.auth.localAdminPassword = {maintenance}
device/@device.auth.localUserPassword.set = 1
device/@device.auth.localUserPassword = {maintenance}
device/@device.prov.serverType.set = 1
device/@device.prov.serverType = HTTPS
device/@device.prov.serverName.set = 1
device/@device.prov.serverName = {again-host}
device/@device.prov.tagSerialNo.set = 1
device/@device.prov.tagSerialNo = 1
device/@device.sec.TLS.customCaCert1.set = {ca-pem?}1
device/@device.sec.TLS.customCaCert1 = {ca-pem}
device/@device.sec.TLS.prov.strictCertCommonNameValidation.set = 1
device/@device.sec.TLS.prov.strictCertCommonNameValidation = 1
prov/@prov.polling.enabled = 1
prov/@prov.polling.mode = random
prov/@prov.polling.period = {resync-seconds}
voIpProt/@voIpProt.SIP.specialEvent.checkSync.alwaysReboot = 0
tcpIpApp/@tcpIpApp.sntp.address = {ntp}
tcpIpApp/@tcpIpApp.sntp.gmtOffset = {zone-seconds}

[off device]
reg/@reg.{line}.address =
reg/@reg.{line}.displayName =
reg/@reg.{line}.label =
reg/@reg.{line}.auth.userId =
reg/@reg.{line}.auth.password =
reg/@reg.{line}.server.1.register = 0

[bootstrap master]
path = 000000000000\.cfg
format = xml
root = APPLICATION

[bootstrap-content master]
@CONFIG_FILES = latchkey-bootstrap.cfg
@MISC_FILES =
@LOG_FILE_DIRECTORY =
@OVERRIDES_DIRECTORY =
@CONTACTS_DIRECTORY =

[bootstrap device]
path = latchkey-bootstrap\.cfg
format = xml
root = polycomConfig

[bootstrap-content device]
device/@device.set = 1
device/@device.sec.TLS.customCaCert1.set = {ca-pem?}1
device/@device.sec.TLS.customCaCert1 = {ca-pem}
device/@device.sec.TLS.prov.strictCertCommonNameValidation.set = 1
device/@device.sec.TLS.prov.strictCertCommonNameValidation = 1
device/@device.prov.tagSerialNo.set = 1
device/@device.prov.tagSerialNo = 1
device/@device.prov.serverType.set = 1
device/@device.prov.serverType = HTTPS
device/@device.prov.serverName.set = 1
device/@device.prov.serverName = {provisioning-host}
