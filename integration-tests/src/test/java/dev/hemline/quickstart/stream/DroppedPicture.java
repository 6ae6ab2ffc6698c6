package dev.hemline.quickstart.stream;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** A picture file on its way from somebody's desktop to a page. */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record DroppedPicture(byte[] png) {
    /** @param pixels 28 × 28 bytes, row by row */
    static DroppedPicture of(byte[] pixels) throws IOException {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 28, 28, pixels);
        var file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        return new DroppedPicture(file.toByteArray());
    }

    void on(Page page, String selector) {
        JSHandle transfer = page.evaluateHandle("""
                base64 => {
                  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
                  const transfer = new DataTransfer();
                  transfer.items.add(new File([bytes], "picture.png", { type: "image/png" }));
                  return transfer;
                }
                """, Base64.getEncoder().encodeToString(png));
        page.dispatchEvent(selector, "drop", Map.of("dataTransfer", transfer));
    }
}
