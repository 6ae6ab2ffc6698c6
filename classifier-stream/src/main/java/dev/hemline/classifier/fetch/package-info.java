/**
 * Pictures that events do not hold but say where they are: fetched ahead of their turn and side by side, from nowhere but where an
 * operator allows, and waited for while their store is away.
 */
package dev.hemline.classifier.fetch;
