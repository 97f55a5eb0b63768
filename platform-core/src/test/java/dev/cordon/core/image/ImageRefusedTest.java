package dev.cordon.core.image;

import static dev.cordon.core.image.Pictures.ascii;
import static dev.cordon.core.image.Pictures.indexOf;
import static dev.cordon.core.image.Pictures.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.core.image.ImageRefused.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefusedTest {
  private static final ImageLimits LIMITS = new ImageLimits(100_000, 20_000, 50_000_000);

  private final byte[] jpeg = Pictures.jpeg(Pictures.busy(48, 32));
  private final byte[] png = Pictures.png(Pictures.busy(48, 32), 0);

  private static void refused(Reason reason, byte[] file) {
    var refusal = assertThrows(ImageRefused.class, () -> new ImageDecoder(LIMITS).decode(file));
    assertEquals(reason, refusal.reason());
    assertTrue(refusal.getMessage().matches("[a-z].*[^.]"), refusal.getMessage());
  }

  @Test
  void namesWhatIsNoPicture() {
    refused(Reason.NOT_AN_IMAGE, new byte[0]);
    refused(Reason.NOT_AN_IMAGE, new byte[] {(byte) 0xff, (byte) 0xd8});
    refused(Reason.NOT_AN_IMAGE, ascii("<!doctype html><p>hello</p>"));
    refused(Reason.NOT_AN_IMAGE, ascii("%PDF-1.7\n"));
    refused(Reason.NOT_AN_IMAGE, ascii("PK\3\4"));
    refused(Reason.NOT_AN_IMAGE, new byte[5000]);
  }

  @Test
  void namesPicturesOfOtherKinds() {
    refused(Reason.UNSUPPORTED_TYPE, ascii("GIF89a\1\0\1\0"));
    refused(Reason.UNSUPPORTED_TYPE, ascii("BM0000"));
    refused(Reason.UNSUPPORTED_TYPE, ascii("II*\0\10\0\0\0"));
    refused(Reason.UNSUPPORTED_TYPE, ascii("\0\0\0\30ftypheic"));
    refused(Reason.UNSUPPORTED_TYPE, ascii("<?xml version=\"1.0\"?>\n<SVG xmlns='x'/>"));
  }

  @Test
  void tooManyBytesAreRefusedUnseen() {
    refused(Reason.TOO_LARGE, new byte[100_001]);
  }

  @Test
  void aBombIsRefusedByItsHeaderAlone() {
    refused(Reason.TOO_LARGE, PngBytes.of(10_000, 10_000, 8, PngBytes.RGB).cutOff());
    refused(Reason.TOO_LARGE, PngBytes.of(20_001, 1, 8, PngBytes.RGB).rows(new byte[3]).end());
    byte[] header = PngBytes.of(10_000, 10_000, 8, PngBytes.RGB).cutOff();
    refused(Reason.TOO_LARGE, Arrays.copyOf(header, 26));
    byte[] frame = jpeg.clone();
    int at = indexOf(frame, 0xff, 0xc0);
    ByteBuffer.wrap(frame).putShort(at + 5, (short) 10_000).putShort(at + 7, (short) 10_000);
    refused(Reason.TOO_LARGE, Arrays.copyOf(frame, at + 20));
    refused(Reason.TOO_LARGE, frame);
    byte[] webp = ascii("RIFF\22\0\0\0WEBPVP8L\5\0\0\0/\377\377\377\17\0");
    refused(Reason.TOO_LARGE, webp);
  }

  @Test
  void aLargePictureInATinyBodyIsRefusedBeforeItIsDecoded() {
    byte[] frame = jpeg.clone();
    int at = indexOf(frame, 0xff, 0xc0);
    ByteBuffer.wrap(frame).putShort(at + 5, (short) 7000).putShort(at + 7, (short) 7000);
    assertThrows(ImageRefused.class, () -> JpegWalk.walk(frame, LIMITS));
    refused(Reason.TRUNCATED, frame);
    byte[] flat = PngBytes.of(7000, 7000, 8, PngBytes.RGB).rows(new byte[21_000]).end();
    assertThrows(ImageRefused.class, () -> PngWalk.walk(flat, LIMITS));
    refused(Reason.TRUNCATED, flat);
  }

  @Test
  void nothingShorterThanTheWholeFileDecodes() throws Exception {
    byte[] progressive = Pictures.jpeg(Pictures.busy(48, 32), ImageWriteParam.MODE_DEFAULT);
    byte[] webp = Pictures.resource("ramp-lossy.webp");
    for (byte[] whole : new byte[][] {jpeg, progressive, png, webp}) {
      assertNotNull(Pictures.decode(whole));
      for (int length = 16; length < whole.length; length++) {
        refused(Reason.TRUNCATED, Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void aCutJpegWithAnEndMarkerPutOnIsStillCut() {
    byte[] end = {(byte) 0xff, (byte) 0xd9};
    for (int lost = 3; lost < jpeg.length / 2; lost++) {
      refused(Reason.TRUNCATED, join(Arrays.copyOf(jpeg, jpeg.length - lost), end));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ramp-lossy.webp", "marker-lossless.webp"})
  void aCutWebpWithItsSizesMendedNeverInventsPixels(String name) throws Exception {
    byte[] whole = Pictures.resource(name);
    int[][] pixels = Pictures.pixels(Pictures.decode(whole));
    int refused = 0;
    for (int lost = 4; lost < whole.length - 40; lost += 2) {
      var cut = ByteBuffer.wrap(Arrays.copyOf(whole, whole.length - lost));
      cut.order(ByteOrder.LITTLE_ENDIAN);
      cut.putInt(4, cut.limit() - 8).putInt(16, cut.limit() - 20);
      try {
        // The last bytes may be padding that no decoder needs.
        assertArrayEquals(pixels, Pictures.pixels(Pictures.decode(cut.array())));
      } catch (ImageRefused e) {
        assertEquals(Reason.TRUNCATED, e.reason());
        refused++;
      }
    }
    assertTrue(refused > 5);
  }

  @Test
  void aDamagedCheckSumIsRefused() {
    byte[] damaged = png.clone();
    damaged[indexOf(png, 'I', 'D', 'A', 'T') + 9] ^= 1;
    refused(Reason.TRUNCATED, damaged);
  }

  @Test
  void nothingMayFollowThePictureButZeros() throws Exception {
    byte[] webp = Pictures.resource("ramp-lossy.webp");
    for (byte[] whole : new byte[][] {jpeg, png, webp}) {
      refused(Reason.POLYGLOT, join(whole, ascii("PK\3\4 an archive")));
      refused(Reason.POLYGLOT, join(whole, new byte[100], ascii("<script>")));
      refused(Reason.POLYGLOT, join(whole, jpeg));
      assertNotNull(Pictures.decode(join(whole, new byte[100])));
    }
  }

  @Test
  void furtherPicturesOfAPhoneAreAcceptedWhenTheyAreWhole() throws Exception {
    byte[] phone = Pictures.withSegment(jpeg, 0xe2, ascii("MPF\0MM\0*"));
    assertNotNull(Pictures.decode(join(phone, jpeg, new byte[7], jpeg, new byte[3])));
    refused(Reason.POLYGLOT, join(phone, jpeg, ascii("PK\3\4")));
    refused(Reason.POLYGLOT, join(phone, ascii("PK\3\4"), jpeg));
    refused(Reason.TRUNCATED, join(phone, Arrays.copyOf(jpeg, jpeg.length - 5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xc3, 0xc5, 0xc9, 0xca, 0xcf})
  void rareKindsOfJpegAreUnsupported(int frame) {
    byte[] rare = jpeg.clone();
    rare[indexOf(rare, 0xff, 0xc0) + 1] = (byte) frame;
    refused(Reason.UNSUPPORTED_TYPE, rare);
  }

  @Test
  void endlessScansAreUnsupported() {
    int from = indexOf(jpeg, 0xff, 0xda);
    byte[] scan = Arrays.copyOfRange(jpeg, from, jpeg.length - 2);
    byte[] many = Arrays.copyOf(jpeg, jpeg.length - 2);
    for (int i = 0; i < 100 && many.length < 90_000; i++) {
      many = join(many, Arrays.copyOf(scan, 16), new byte[] {1});
    }
    refused(Reason.UNSUPPORTED_TYPE, join(many, new byte[] {(byte) 0xff, (byte) 0xd9}));
  }

  @Test
  void animationsAndUnknownCriticalChunksAreUnsupported() throws Exception {
    refused(Reason.UNSUPPORTED_TYPE, Pictures.resource("animated.webp"));
    byte[] odd = PngBytes.of(1, 1, 8, PngBytes.RGB).chunk("CgBI").rows(new byte[3]).end();
    refused(Reason.UNSUPPORTED_TYPE, odd);
  }

  @Test
  void chunksOutOfOrderAreRefused() {
    byte[] twice =
        join(
            PngBytes.of(1, 1, 8, PngBytes.RGB).cutOff(),
            Arrays.copyOfRange(PngBytes.of(9, 9, 8, PngBytes.RGB).end(), 8, 45));
    refused(Reason.TRUNCATED, twice);
    refused(Reason.TRUNCATED, PngBytes.of(1, 1, 8, PngBytes.RGB).end());
  }

  @Test
  void limitsThatAllowNothingAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ImageLimits(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ImageLimits(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new ImageLimits(1, 1, 1_000_000_000));
  }
}
