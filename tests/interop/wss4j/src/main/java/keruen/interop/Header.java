package keruen.interop;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** eb:Messaging: user messages, receipts and errors, written and read. */
final class Header {
    /** A part as the header speaks of it. */
    record PartInfo(String contentId, String mimeType, boolean packed) {}

    private Header() {}

    static Document userMessage(Properties message, List<PartInfo> parts) throws Exception {
        StringBuilder infos = new StringBuilder();
        parts.forEach(part -> infos.append(partInfo(part)));
        return envelope("<eb:UserMessage>" + messageInfo(message.getProperty("message-id"), null)
                + "<eb:PartyInfo>" + party("From", message, "initiator") + party("To", message, "responder")
                + "</eb:PartyInfo><eb:CollaborationInfo>" + element("AgreementRef", message.getProperty("agreement"))
                + element("Service", message.getProperty("service"))
                + element("Action", message.getProperty("action"))
                + element("ConversationId", message.getProperty("conversation"))
                + "</eb:CollaborationInfo><eb:PayloadInfo>" + infos + "</eb:PayloadInfo></eb:UserMessage>");
    }

    /** A receipt with the references of the message's signature, and an element of our own beside them. */
    static Document receipt(Document message) throws Exception {
        String info = messageInfo(UUID.randomUUID() + "@counterpart", Xml.text(message, "MessageId"));
        Document receipt = envelope("<eb:SignalMessage>" + info + "<eb:Receipt><ebbp:NonRepudiationInformation"
                + " xmlns:ebbp=\"" + Xml.EBBP + "\"/><own:remark xmlns:own=\"urn:counterpart\" version=\"1\"/>"
                + "</eb:Receipt></eb:SignalMessage>");
        Element information = Xml.one(receipt, Xml.EBBP, "NonRepudiationInformation");
        for (Element reference : references(message)) {
            Element part = receipt.createElementNS(Xml.EBBP, "ebbp:MessagePartNRInformation");
            part.appendChild(receipt.importNode(reference, true));
            information.appendChild(part);
        }
        return Xml.parse(Xml.write(receipt)); // so that each namespace is declared where it is canonicalised
    }

    static Document error(String code, String description, String refTo) throws Exception {
        return envelope("<eb:SignalMessage>" + messageInfo(UUID.randomUUID() + "@counterpart", refTo)
                + "<eb:Error errorCode=\"" + code + "\" severity=\"failure\" shortDescription=\"refused\">"
                + "<eb:Description xml:lang=\"en\">" + Xml.escape(description)
                + "</eb:Description></eb:Error></eb:SignalMessage>");
    }

    /** The ds:Reference elements of the message's signature. */
    static List<Element> references(Document message) {
        return Xml.all(Xml.one(message, Xml.DS, "SignedInfo"), Xml.DS, "Reference");
    }

    static List<PartInfo> parts(Document message) {
        return Xml.all(message, Xml.EB, "PartInfo").stream().map(Header::partInfo).toList();
    }

    private static PartInfo partInfo(Element info) {
        return new PartInfo(info.getAttribute("href").replaceFirst("^cid:", ""), property(info, "MimeType"),
                "application/gzip".equals(property(info, "CompressionType")));
    }

    private static String property(Element info, String name) {
        return Xml.all(info, Xml.EB, "Property").stream()
                .filter(property -> name.equals(property.getAttribute("name")))
                .map(Element::getTextContent).findFirst().orElse(null);
    }

    private static Document envelope(String unit) throws Exception {
        String text = "<S:Envelope xmlns:S=\"" + Xml.S12 + "\"><S:Header><eb:Messaging xmlns:eb=\"" + Xml.EB
                + "\" S:mustUnderstand=\"true\">" + unit + "</eb:Messaging></S:Header><S:Body/></S:Envelope>";
        return Xml.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String messageInfo(String id, String refTo) {
        return "<eb:MessageInfo>" + element("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                + element("MessageId", id) + (refTo == null ? "" : element("RefToMessageId", refTo))
                + "</eb:MessageInfo>";
    }

    private static String party(String side, Properties message, String role) {
        return "<eb:" + side + "><eb:PartyId type=\"" + message.getProperty("party-type") + "\">"
                + Xml.escape(message.getProperty(side.toLowerCase())) + "</eb:PartyId>"
                + element("Role", Xml.EB + role) + "</eb:" + side + ">";
    }

    private static String partInfo(PartInfo part) {
        return "<eb:PartInfo href=\"cid:" + Xml.escape(part.contentId()) + "\"><eb:PartProperties>"
                + "<eb:Property name=\"MimeType\">" + Xml.escape(part.mimeType()) + "</eb:Property>"
                + (part.packed() ? "<eb:Property name=\"CompressionType\">application/gzip</eb:Property>" : "")
                + "</eb:PartProperties></eb:PartInfo>";
    }

    private static String element(String name, String text) {
        return "<eb:" + name + ">" + Xml.escape(text) + "</eb:" + name + ">";
    }
}
