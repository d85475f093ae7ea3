/** Databases that come only as containers; without a Docker engine these tests skip themselves. */
package io.gatehouse.server.containers;
