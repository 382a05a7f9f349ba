-- Latchkey for FreeSWITCH: mod_lua asks this about credentials in a call when mod_xml_curl has brought no
-- user for them, since Latchkey is away or knows no such key. Without an answer FreeSWITCH refuses the call
-- before it looks at the number, be that an emergency number. With this one the call goes on in
-- dialplan.xml, which takes its caller for one who has proved nothing: he may call what anybody may.
local function of(name)
  return params and params:getHeader(name) or ""
end

local user, domain = of("user"), XML_REQUEST["key_value"]
local asked = XML_REQUEST["section"] == "directory" and XML_REQUEST["tag_name"] == "domain"
  and of("action") == "sip_auth" and of("sip_auth_method") == "INVITE"
  and of("key") == "id" and user == of("sip_auth_username")
local key = (#user == 32 and user:match("^k[0-9a-z]+$")) or (#user == 20 and user:match("^j[0-9a-z]+$"))

if asked and key and domain:match("^[0-9A-Za-z.-]+$") then
  XML_STRING = '<document type="freeswitch/xml"><section name="directory"><domain name="' .. domain
    .. '"><users><user id="' .. user .. '"><variables>'
    .. '<variable name="user_context" value="latchkey"/><variable name="latchkey_away" value="true"/>'
    .. '</variables></user></users></domain></section></document>'
end
