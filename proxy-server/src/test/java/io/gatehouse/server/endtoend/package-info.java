/** Clients, a whole broker and real databases: what must hold from end to end. */
package io.gatehouse.server.endtoend;
