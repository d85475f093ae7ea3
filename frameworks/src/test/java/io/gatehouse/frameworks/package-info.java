/**
 * Frameworks on the driver: the same code with the vendor's URL and with Gatehouse's, and the same
 * outcome.
 */
package io.gatehouse.frameworks;
