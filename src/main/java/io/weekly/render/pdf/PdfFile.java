package io.weekly.render.pdf;

import io.weekly.render.text.MissingCharacters;

/**
 * A rendered PDF, and what its reader does not see.
 *
 * @param bytes of the file. Callers must not change them
 * @param missing the characters that the font does not have
 * @param imagesLeftOut how many images of the page could not be shown
 */
public record PdfFile(byte[] bytes, MissingCharacters missing, int imagesLeftOut) {}
