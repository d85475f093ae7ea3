/** Many clients on few backend connections for minutes, and what must hold whatever happens. */
package io.gatehouse.server.soak;
