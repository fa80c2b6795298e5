"""Models that sherpa-onnx really loads, of a few kilobytes: they hum, as long as there are sounds.

    piper(folder)                  a voice as Piper makes them; eSpeak NG tells its sounds
    piper(folder, speakers=3)      each of them an octave's third above the one before

What sherpa-onnx wants to find in a model stands in its offline-tts-vits-model.cc.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE_HZ = 16_000
SAMPLES_A_SOUND = 800
LOWEST_HZ = 200
# What espeak-ng writes for Vietnamese and English, and the signs at the borders of a sentence.
_SOUNDS = (
    "_^$ !'(),-.:;?abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɒɓɔɕɖɗɘəɚɛɜɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɯɰɱɲɳɴɵɶɸɹɺɻɽɾ"
    "ʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢʲˈˌːˑ˞βθχᵻⱱ0123456789"
)


def piper(folder: Path, *, speakers: int = 1, espeak_voice: str = "vi") -> Path:
    """Write a voice of Piper's kind that hums at LOWEST_HZ, with noise as it is told to add."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {
        "samples": np.float32(SAMPLES_A_SOUND),
        "zero": np.float32(0),
        "one": np.float32(1),
        "third": np.float32(1 / 3),
        "angle": np.float32(2 * np.pi * LOWEST_HZ / RATE_HZ),
        "loud": np.float32(0.3),
        "shape": np.array([1, 1, -1]),
        "first": np.array(0),
        "second": np.array(1),
    }
    inputs = [("input", "int", ["batch", "sounds"]), ("input_lengths", "int", ["batch"])]
    inputs.append(("scales", "float", [3]))
    steps = [
        ("Cast", "input_lengths", "lengths"),
        ("Squeeze", "lengths", "length"),
        ("Gather", "scales first", "noise"),
        ("Gather", "scales second", "slowness"),
        ("Mul", "length samples", "usual"),
        ("Mul", "usual slowness", "count"),
        ("Range", "zero count one", "time"),
        ("Mul", "time angle", "lowest"),
    ]
    if speakers > 1:
        inputs.append(("sid", "int", ["batch"]))
        steps += [
            ("Cast", "sid", "speakers"),
            ("Squeeze", "speakers", "speaker"),
            ("Mul", "speaker third", "above"),
            ("Add", "above one", "times"),
            ("Mul", "lowest times", "phase"),
        ]
    else:
        steps.append(("Identity", "lowest", "phase"))
    steps += [
        ("Sin", "phase", "hum"),
        ("RandomNormalLike", "hum", "chance"),
        ("Mul", "chance noise", "hiss"),
        ("Add", "hum hiss", "both"),
        ("Mul", "both loud", "softer"),
        ("Reshape", "softer shape", "output"),
    ]
    types = {"int": TensorProto.INT64, "float": TensorProto.FLOAT}
    graph = helper.make_graph(
        [
            helper.make_node(
                kind, given.split(), [made], **({"to": TensorProto.FLOAT} if kind == "Cast" else {})
            )
            for kind, given, made in steps
        ],
        "hum",
        [helper.make_tensor_value_info(name, types[kind], shape) for name, kind, shape in inputs],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "samples_out"])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in known.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    facts = {
        "model_type": "vits",
        "comment": "piper",
        "language": "Vietnamese",
        "voice": espeak_voice,
        "has_espeak": 1,
        "n_speakers": speakers,
        "sample_rate": RATE_HZ,
    }
    helper.set_model_props(model, {name: str(value) for name, value in facts.items()})
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / "hum.onnx"))
    tokens = "".join(f"{sound} {number}\n" for number, sound in enumerate(_SOUNDS))
    (folder / "tokens.txt").write_text(tokens, encoding="utf-8", newline="\n")
    return folder
