/** {@code hemline models publish}: TorchScript files made elsewhere become versions like any other. */
package dev.hemline.control.publish;
