# Cisco and Linksys SPA, phones and adapters. They trust server certificates of Cisco's own
# (Sipura) authority only: a file with keys needs one at the doors.
[profile]
vendor = Cisco SPA
user-agent = ^(?:Cisco/SPA|Linksys/|Sipura/)
model = ^(?:Cisco|Linksys|Sipura)/([A-Za-z]+-?\d+[A-Za-z]*)
check-sync = check-sync
calls-unregistered = yes

[file model]
path = (?i)spa[0-9a-z-]+\.cfg
format = xml
root = flat-profile

[content model]
Profile_Rule_B = {here}$MA.xml
Upgrade_Enable = No
Report_Rule =

[file device]
path = {mac}\.(?:xml|cfg)
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
Use_Auth_ID_{line}_ = Yes
Auth_ID_{line}_ = {key}
Password_{line}_ = {secret}
Display_Name_{line}_ = {name}
Short_Name_{line}_ = {name}
Make_Call_Without_Reg_{line}_ = Yes
Ans_Call_Without_Reg_{line}_ = Yes
Auth_Resync-Reboot_{line}_ = No
Admin_Passwd = {maintenance}
User_Password = {maintenance}
Profile_Rule = {again}$MA.xml
Profile_Rule_B =
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
