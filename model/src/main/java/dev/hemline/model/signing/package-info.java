/** Who vouches for a model: Ed25519 keys in PEM files, signatures in manifests, and which of them are trusted. */
package dev.hemline.model.signing;
