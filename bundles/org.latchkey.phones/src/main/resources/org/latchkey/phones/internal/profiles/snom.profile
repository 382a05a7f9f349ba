# Snom D series and older. All its settings may be in any of the files; the one without a MAC
# address carries no key.
[profile]
vendor = Snom
user-agent = (?i)compatible; snom
model = (?i)compatible; (snom[^ -]+)
check-sync = check-sync;reboot=false
calls-unregistered = no

[file model]
path = (?i)snom[0-9a-z]+\.html?
format = xml
root = settings/phone-settings

[content model]
pnp_config[@perm=R] = off
update_policy[@perm=R] = settings_only

[file device]
path = (?:[sS]nom[0-9A-Za-z]+-)?{mac}\.(?:html?|xml)
path = [^/?]*\?mac={mac}
keys = yes
format = xml
root = settings

[content device]
phone-settings/user_active[@idx={line}][@perm=R] = on
phone-settings/user_realname[@idx={line}][@perm=R] = {name}
phone-settings/user_idle_text[@idx={line}][@perm=R] = {name}
phone-settings/user_idle_number[@idx={line}][@perm=R] = {user}
phone-settings/user_name[@idx={line}][@perm=R] = {user}
phone-settings/user_host[@idx={line}][@perm=R] = {domain}
phone-settings/user_outbound[@idx={line}][@perm=R] = {registrar}:{port};transport={transport}
phone-settings/user_pname[@idx={line}][@perm=R] = {key}
phone-settings/user_pass[@idx={line}][@perm=R] = {secret}
phone-settings/user_expiry[@idx={line}][@perm=R] = {expiry}
phone-settings/user_srtp[@idx={line}][@perm=R] = {srtp|off=off|offered=on|required=on}
phone-settings/user_savp[@idx={line}][@perm=R] = {srtp|off=off|offered=optional|required=mandatory}
phone-settings/admin_mode_password[@perm=R] = {maintenance}
phone-settings/admin_mode_password_confirm[@perm=R] = {maintenance}
phone-settings/http_user[@perm=R] = admin
phone-settings/http_pass[@perm=R] = {maintenance}
phone-settings/webserver_admin_name[@perm=R] = admin
phone-settings/webserver_admin_password[@perm=R] = {maintenance}
phone-settings/setting_server[@perm=R] = {again}
phone-settings/settings_refresh_timer[@perm=R] = {resync-seconds}
phone-settings/update_policy[@perm=R] = settings_only
phone-settings/pnp_config[@perm=R] = off
phone-settings/challenge_checksync[@perm=R] = off
phone-settings/ntp_server[@perm=R] = {ntp}
phone-settings/utc_offset[@perm=R] = {zone-seconds}
certificates/certificate/@url = {ca-url}

[off device]
phone-settings/user_active[@idx={line}][@perm=R] = off
phone-settings/user_realname[@idx={line}][@perm=R] =
phone-settings/user_idle_text[@idx={line}][@perm=R] =
phone-settings/user_idle_number[@idx={line}][@perm=R] =
phone-settings/user_name[@idx={line}][@perm=R] =
phone-settings/user_pname[@idx={line}][@perm=R] =
phone-settings/user_pass[@idx={line}][@perm=R] =

[bootstrap model]
path = (?i)snom[0-9a-z]+(?:-{mac})?\.html?
format = xml
root = settings

[bootstrap-content model]
phone-settings/setting_server[@perm=R] = {provisioning}
phone-settings/update_policy[@perm=R] = settings_only
phone-settings/pnp_config[@perm=R] = off
certificates/certificate/@url = {ca-url}
