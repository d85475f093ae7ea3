/** Fixtures that tests of several rooms share. */
package io.gatehouse.server.testing;
