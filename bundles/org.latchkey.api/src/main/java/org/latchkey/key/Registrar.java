package org.latchkey.key;

/**
 * Where phones register: one PBX under one realm.
 *
 * @param host the name phones use, as in the certificate
 * @param port UDP and TCP, challenged with MD5
 * @param tlsPort TLS, challenged with MD5
 * @param tlsSha256Port TLS, challenged with SHA-256
 */
public record Registrar(String host, int port, int tlsPort, int tlsSha256Port) {}
