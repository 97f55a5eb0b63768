package dev.cordon.models.oip;

import dev.cordon.models.manifest.ImageTower;
import dev.cordon.models.manifest.Tensor;
import dev.cordon.models.manifest.TextTower;
import dev.cordon.models.oip.TargetException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Whether a model that a target describes has the inputs and outputs of a package's tower. */
final class TowerCheck {
  private TowerCheck() {}

  static void images(Described.Model model, ImageTower tower) throws TargetException {
    List<Tensor> outputs = new ArrayList<>(List.of(tower.embedding()));
    if (tower.patches() != null) {
      outputs.add(tower.patches().output());
    }
    check(model, List.of(tower.input()), outputs);
  }

  static void texts(Described.Model model, TextTower tower) throws TargetException {
    check(model, inputs(tower), List.of(tower.embedding()));
  }

  /** The inputs that the graph has, in the order of {@link TextTower}. */
  static List<Tensor> inputs(TextTower tower) {
    return Arrays.asList(tower.ids(), tower.attentionMask(), tower.tokenTypes()).stream()
        .filter(Objects::nonNull)
        .toList();
  }

  private static void check(Described.Model model, List<Tensor> inputs, List<Tensor> outputs)
      throws TargetException {
    for (Tensor input : inputs) {
      check("input", input, model.inputs());
    }
    for (Tensor output : outputs) {
      check("output", output, model.outputs());
    }
    if (model.inputs().size() != inputs.size()) {
      throw refused("the target's model has an input that the manifest lacks");
    }
  }

  private static void check(String role, Tensor declared, List<Described.Port> ports)
      throws TargetException {
    List<Described.Port> named =
        ports.stream().filter(port -> port.name().equals(declared.name())).toList();
    String what = role + " `" + declared.name() + "`";
    if (named.size() != 1) {
      throw refused("the target's model does not have one " + what);
    }
    Described.Port port = named.getFirst();
    Datatype type = Datatype.of(declared.type());
    if (!type.name().equals(port.datatype())) {
      throw refused("type of " + what + " is not " + type + " at the target");
    }
    if (!fits(declared.shape(), port.shape())) {
      throw refused("shape of " + what + " is not " + declared.shape() + " at the target");
    }
  }

  /** A target may leave open what the manifest fixes, because each answer's shape is checked. */
  private static boolean fits(List<Long> declared, List<Long> shape) {
    boolean fits = declared.size() == shape.size();
    for (int i = 0; fits && i < shape.size(); i++) {
      fits = shape.get(i) == Tensor.FREE || shape.get(i).equals(declared.get(i));
    }
    return fits;
  }

  private static TargetException refused(String message) {
    return new TargetException(Kind.REFUSED, message);
  }
}
