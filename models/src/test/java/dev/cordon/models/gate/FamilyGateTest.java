package dev.cordon.models.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.models.manifest.ModelManifest.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R49")
class FamilyGateTest {
  private final FamilyGate gate = FamilyGate.shipped();

  @Test
  void letsTheStarterIn() throws IOException {
    assertEquals(Optional.empty(), gate.refusal(starter()));
  }

  @ParameterizedTest
  @CsvSource({
    "face-recognition, face-recognition",
    "face verification, face-recognition",
    "facial-identification, face-recognition",
    "Face_Embedding, face-recognition",
    "gait-recognition, gait-recognition",
    "iris-recognition, iris-recognition",
    "speaker-verification, speaker-recognition",
    "voice identification, speaker-recognition",
    "person-re-identification, person-re-identification",
    "pedestrian ReID, person-re-identification"
  })
  void refusesADeclaredTask(String task, String family) throws IOException {
    assertEquals(
        "`task` names a model for " + family + ", which is never loaded", refusal("task", task));
    assertTrue(refusal("title", "an encoder for " + task).contains(family));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arcface",
        "ArcFace-R100",
        "arc_face",
        "insightface/buffalo_l",
        "w600k_r50",
        "FaceNet",
        "facenet512",
        "MobileFaceNet",
        "CosFace",
        "SphereFace20",
        "AdaFace IR-101",
        "MagFace",
        "VGGFace2",
        "vgg-face",
        "antelopev2",
        "GhostFaceNet",
        "gaitset",
        "OpenGait GaitBase",
        "DeepIrisNet",
        "ECAPA-TDNN",
        "x-vector",
        "titanet-large",
        "osnet_x1_0",
        "torchreid",
        "TransReID",
        "CLIP-ReID"
      })
  void refusesTheNameOfAnArchitecture(String name) throws IOException {
    for (String field : List.of("family", "id", "title")) {
      assertTrue(refusal(field, name).startsWith("`" + field + "` names a model for"), name);
    }
    assertTrue(
        gate.refusalOfNames(Task.IMAGE_TEXT_SIMILARITY, List.of("main", name)).isPresent(), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clip-vit-base-patch32",
        "siglip-base-patch16-224",
        "mobileclip_s0",
        "an encoder whose interface is plain",
        "surface defects and typefaces",
        "horse racing gaits and irises in a garden",
        "loudspeaker housings on shelves",
        "a bag of tricks",
        "Hugging Face transformers",
        "preidentified parts"
      })
  void letsOthersIn(String text) throws IOException {
    ObjectNode manifest = starter();
    manifest.put("title", text);

    assertEquals(Optional.empty(), gate.refusal(manifest));
  }

  @ParameterizedTest
  @CsvSource({
    "family, retinaface, face-detection",
    "family, scrfd, face-detection",
    "id, yolov8n-face, face-detection",
    "title, Face Detector, face-detection",
    "title, MTCNN, face-detection",
    "title, libfacedetection, face-detection",
    "family, ultraface, face-detection",
    "family, movenet, person-detection",
    "title, OpenPose, person-detection",
    "title, BlazePose GHUM, person-detection",
    "id, peoplenet, person-detection",
    "id, person-vehicle-bike-detection-2000, person-detection",
    "id, pedestrian-detection-adas, person-detection",
    "title, Human pose estimation, person-detection",
    "title, a person detector, person-detection",
    "intendedUse, finds people, person-detection",
    "intendedUse, finding pedestrians, person-detection",
    "family, arcface, face-recognition"
  })
  void whatProposesRegionsMayNotLookForFacesOrPersons(String field, String name, String family)
      throws IOException {
    ObjectNode proposer = proposer();
    assertEquals(Optional.empty(), gate.refusal(proposer));
    proposer.put(field, name);
    assertEquals(
        Optional.of("`" + field + "` names a model for " + family + ", which is never loaded"),
        gate.refusal(proposer));
    assertTrue(gate.refusalOfNames(Task.REGION_PROPOSAL, List.of(name)).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class-agnostic object proposals",
        "surface defect detection",
        "headlight and overhead line localisation",
        "interface detection in typefaces"
      })
  void whatProposesOtherThingsMay(String title) throws IOException {
    assertEquals(Optional.empty(), gate.refusal(proposer().put("title", title)));
  }

  @Test
  void refusesWeightsThatAreKnownWhateverTheyAreCalled() {
    String arcface = "4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43";

    assertEquals(
        Optional.of(
            "file `image.onnx` is a known model for face-recognition, which is never loaded"),
        gate.refusalOfDigest("image.onnx", arcface));
    assertEquals(Optional.empty(), gate.refusalOfDigest("image.onnx", arcface.replace('4', '5')));
  }

  @Test
  void anOutOfScopeListMayNameSuchUses() throws IOException {
    ObjectNode manifest = starter();
    manifest.putArray("outOfScope").add("face recognition and person re-identification");

    assertEquals(Optional.empty(), gate.refusal(manifest));
  }

  @Test
  void aSourceMayNot() throws IOException {
    ObjectNode manifest = starter();
    ((ObjectNode) manifest.at("/sources/0")).put("origin", "deepinsight/insightface");

    assertTrue(gate.refusal(manifest).orElseThrow().startsWith("`sources`"));
  }

  private String refusal(String field, String value) throws IOException {
    JsonNode manifest = starter().put(field, value);
    return gate.refusal(manifest).orElse("");
  }

  private static ObjectNode starter() throws IOException {
    return manifest("starter");
  }

  private static ObjectNode proposer() throws IOException {
    return manifest("testdata/families/proposer");
  }

  private static ObjectNode manifest(String folder) throws IOException {
    return (ObjectNode)
        JsonMapper.builder().build().readTree(Path.of(folder, "manifest.json").toFile());
  }
}
