/** What every app shares: settings, metrics, health, stopping. */
package dev.hemline.service;
