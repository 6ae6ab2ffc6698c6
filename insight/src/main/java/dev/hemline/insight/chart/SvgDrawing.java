package dev.hemline.insight.chart;

import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Turns charts into SVG that can stand in an HTML page: scaled by the page, in the page's colours, read by screen readers. */
final class SvgDrawing {
    private static final String SVG = "http://www.w3.org/2000/svg";
    /** Pages hold many drawings, and what one names must not be another's. */
    private static final AtomicLong DRAWINGS = new AtomicLong();
    /** Batik spells out what every browser takes for granted. */
    private static final List<String> DEFAULTS = List.of(
            "color-interpolation",
            "color-rendering",
            "image-rendering",
            "shape-rendering",
            "text-rendering",
            "stroke-dashoffset",
            "stroke-miterlimit",
            "font-family",
            "xml:space");

    private SvgDrawing() {}

    /** @param description what there is to see, for those who cannot */
    static String of(JFreeChart chart, int width, int height, String description) {
        Document document = newDocument();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setPrecision(1);
        context.setComment(null);
        String drawing = "d" + DRAWINGS.incrementAndGet();
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return drawing + super.generateID(prefix);
            }
        });
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        Element root = graphics.getRoot();
        tidy(root);
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", description);
        return write(root);
    }

    private static void tidy(Element element) {
        DEFAULTS.forEach(element::removeAttribute);
        for (String attribute : List.of("fill", "stroke")) {
            for (ChartColour colour : ChartColour.values()) {
                if (element.getAttribute(attribute).equals(colour.written())) {
                    element.setAttribute(attribute, colour.css());
                }
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                tidy(inner);
            }
        }
    }

    private static Document newDocument() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java can make an XML document", e);
        }
    }

    private static String write(Element root) {
        try {
            Transformer transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            transformer.transform(new DOMSource(root), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException("every Java can write an XML document", e);
        }
    }
}
