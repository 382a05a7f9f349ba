/** FreeSWITCH asks by mod_xml_curl, and is told over its event socket. */
@NullMarked
package org.latchkey.pbx.http.internal.freeswitch;

import org.jspecify.annotations.NullMarked;
