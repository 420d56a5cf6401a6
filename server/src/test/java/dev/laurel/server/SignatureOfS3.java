package dev.laurel.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.http.Request;
import dev.laurel.model.Digest;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Computes the signature of a request once more, after the specification of AWS Signature Version 4. */
final class SignatureOfS3 {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=[^/]+/([0-9]{8}/[^/]+/s3/aws4_request), ?SignedHeaders=([^,]+), ?Signature=(.+)");

    private SignatureOfS3() {}

    static boolean isValid(Request request, String secret) {
        Matcher said = AUTHORIZATION.matcher(String.valueOf(request.getHeader("Authorization")));
        if (!said.matches()) {
            return false;
        }
        String headers = Stream.of(said.group(2).split(";"))
                .map(name -> name + ":" + request.getHeader(name).strip() + "\n")
                .collect(Collectors.joining());
        String canonical = String.join(
                "\n",
                request.getMethod().value(),
                request.getUrl(),
                "",
                headers,
                said.group(2),
                request.getHeader("x-amz-content-sha256"));
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                request.getHeader("X-Amz-Date"),
                said.group(1),
                Digest.of(canonical.getBytes(UTF_8)).hex());
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String part : said.group(1).split("/")) {
            key = mac(key, part);
        }
        return HexFormat.of().formatHex(mac(key, toSign)).equals(said.group(3));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
