package dev.laurel.bytes;

import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.model.Expect;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * A bucket that has bytes under their digest. Key, secret, region and endpoint are those that every tool for S3 takes from the
 * environment; without a key the bucket is asked as anybody may.
 */
final class S3Mirror implements ByteSource, ByteSource.Place {
    private final String name;
    private final String base;
    private final String region;
    private final Map<String, String> environment;
    private final Fetching fetching;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    private S3Mirror(String name, String base, String region, Map<String, String> environment, Fetching fetching) {
        this.name = name;
        this.base = base;
        this.region = region;
        this.environment = environment;
        this.fetching = fetching;
    }

    /** @param address s3://bucket or s3://bucket/prefix */
    static S3Mirror of(URI address, Map<String, String> environment, Fetching fetching) {
        String bucket = address.getHost();
        Expect.that(bucket != null, "LAUREL_BYTES", address, "s3://bucket/prefix");
        String path = address.getPath().replaceAll("^/+|/+$", "");
        String prefix = path.isEmpty() ? "" : path + "/";
        String region =
                environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", "us-east-1"));
        String endpoint =
                environment.getOrDefault("AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", ""));
        // An endpoint of one's own seldom has a name for each bucket.
        String base = endpoint.isBlank()
                ? "https://%s.s3.%s.amazonaws.com/%s".formatted(bucket, region, prefix)
                : "%s/%s/%s".formatted(endpoint.replaceAll("/+$", ""), bucket, prefix);
        return new S3Mirror("mirror " + address, base, region, environment, fetching);
    }

    @Override
    public String kind() {
        return "mirror";
    }

    @Override
    public List<Place> places() {
        return List.of(this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InputStream open(LfsPointer pointer) throws IOException {
        URI address = URI.create(base + pointer.digest().hex());
        return fetching.get(address, signature(address), pointer);
    }

    private Map<String, String> signature(URI address) {
        String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        if (key.isBlank()) {
            return Map.of();
        }
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
        AwsCredentialsIdentity identity = token.isBlank()
                ? AwsCredentialsIdentity.create(key, secret)
                : AwsSessionCredentialsIdentity.create(key, secret, token);
        SdkHttpRequest request =
                SdkHttpRequest.builder().uri(address).method(SdkHttpMethod.GET).build();
        Map<String, String> headers = new TreeMap<>();
        signer.sign(signing -> signing.identity(identity)
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
                .request()
                .headers()
                .forEach((header, values) -> headers.put(header, String.join(",", values)));
        // The client writes it itself, from the address that was signed.
        headers.keySet().removeIf(header -> header.equalsIgnoreCase("Host"));
        return headers;
    }
}
