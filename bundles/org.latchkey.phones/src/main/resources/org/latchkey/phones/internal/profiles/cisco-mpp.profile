# Cisco multiplatform phones 6800, 7800, 8800. Out of the box they ask for /MODEL.cfg, which
# only tells them where their own file is.
[profile]
vendor = Cisco MPP
user-agent = ^Cisco-
model = ^Cisco-([^/ ]+)
check-sync = check-sync
calls-unregistered = yes

[file model]
path = (?:CP|DP|PH)-[0-9A-Za-z-]+\.(?:cfg|xml)
format = xml
root = flat-profile

[content model]
Profile_Rule_B = {here}$MA.xml
Custom_CA_Rule = {ca-url}
Upgrade_Enable = No
Report_Rule =

[file device]
path = (?:Cisco/CP-[0-9A-Za-z-]+/)?{mac}\.(?:xml|cfg)
keys = yes
format = xml
root = flat-profile

[content device]
Line_Enable_{line}_ = Yes
Register_{line}_ = Yes
Proxy_{line}_ = {domain}
Use_Outbound_Proxy_{line}_ = Yes
Outbound_Proxy_{line}_ = {registrar}:{port}
SIP_Transport_{line}_ = {transport|udp=UDP|tcp=TCP|tls=TLS}
Register_Expires_{line}_ = {expiry}
User_ID_{line}_ = {user}
Auth_ID_{line}_ = {key}
Password_{line}_ = {secret}
Display_Name_{line}_ = {name}
Short_Name_{line}_ = {name}
Make_Call_Without_Reg_{line}_ = Yes
Ans_Call_Without_Reg_{line}_ = Yes
Auth_Resync-Reboot_{line}_ = No
Secure_Call_Option_{line}_ = {srtp|off=Optional|offered=Optional|required=Required}
Admin_Password = {maintenance}
User_Password = {maintenance}
Profile_Rule = {again}$MA.xml
Profile_Rule_B =
Custom_CA_Rule = {ca-url}
Resync_On_Reset = Yes
Resync_Periodic = {resync-seconds}
Resync_Random_Delay = 60
Resync_From_SIP = Yes
Upgrade_Enable = No
Report_Rule =
Primary_NTP_Server = {ntp}
Time_Zone = GMT{zone-clock}

[off device]
Line_Enable_{line}_ = No
Register_{line}_ = No
User_ID_{line}_ =
Auth_ID_{line}_ =
Password_{line}_ =
Display_Name_{line}_ =
Short_Name_{line}_ =

[bootstrap model]
path = (?:CP|DP|PH)-[0-9A-Za-z-]+\.(?:cfg|xml)
path = (?:Cisco/CP-[0-9A-Za-z-]+/)?{mac}\.(?:xml|cfg)
format = xml
root = flat-profile

[bootstrap-content model]
Custom_CA_Rule = {ca-url}
Profile_Rule = {provisioning}$MA.xml
Upgrade_Enable = No
Report_Rule =
