package keruen.interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Namespaces, and the few steps through a DOM that this program needs. */
final class Xml {
    static final String S12 = "http://www.w3.org/2003/05/soap-envelope";
    static final String EB = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/";
    static final String EBBP = "http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";

    private Xml() {}

    static Document parse(byte[] octets) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(octets));
    }

    static byte[] write(Document document) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    /** All elements of that name below {@code top}, in document order. */
    static List<Element> all(Node top, String namespace, String name) {
        NodeList found = top instanceof Document document
                ? document.getElementsByTagNameNS(namespace, name)
                : ((Element) top).getElementsByTagNameNS(namespace, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** The only element of that name below {@code top}. */
    static Element one(Node top, String namespace, String name) {
        List<Element> found = all(top, namespace, name);
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " elements " + name);
        }
        return found.get(0);
    }

    /** Text of the only eb: element of that name. */
    static String text(Node top, String name) {
        return one(top, EB, name).getTextContent().strip();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
