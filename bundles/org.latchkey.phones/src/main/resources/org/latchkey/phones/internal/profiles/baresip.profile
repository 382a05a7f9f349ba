# baresip has no provisioning of its own: a wrapper fetches its accounts file, and finds in the
# file where it fetches the next one.
[profile]
vendor = baresip
calls-unregistered = yes

[settings]
transport = udp

[file accounts]
path = accounts
keys = yes
format = accounts

[content accounts]
remark = fetch again: {again}accounts
name = {name}
uri = sip:{user}@{domain};transport={transport}
auth_user = {key}
auth_pass = {secret}
outbound = sip:{registrar}:{port};transport={transport}
regint = {expiry}
mediaenc = {srtp|offered=srtp|required=srtp-mand}
