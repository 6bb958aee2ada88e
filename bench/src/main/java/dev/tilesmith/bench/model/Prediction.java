package dev.tilesmith.bench.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What llvm-mca says of a loop on one CPU, data being in the first-level cache and branches foretold.
 *
 * @param cpu the CPU
 * @param cycles of one iteration
 * @param instructionsPerCycle of all kinds
 * @param multipliesPerCycle of the instruction that multiplies
 * @param limitPerCycle the most of them that the pipes for it can take
 * @param productsPerCycle values multiplied and added
 * @param limiting the pipes that are busy all the time; or {@code dispatch}, or {@code latency}
 */
public record Prediction(
        String cpu,
        double cycles,
        double instructionsPerCycle,
        double multipliesPerCycle,
        double limitPerCycle,
        double productsPerCycle,
        String limiting) {
    /** A share of an iteration's cycles from which on a pipe counts as always busy. */
    private static final double BUSY = 0.985;

    /** How much of what the multiply pipes can take, 1 being all. */
    double ofLimit() {
        return multipliesPerCycle / limitPerCycle;
    }

    /**
     * Reads a prediction.
     *
     * @param loop the loop that it is of
     * @param json what {@code llvm-mca --json} printed
     */
    static Prediction parse(Loop loop, String json) {
        final JsonObject root = JsonParser.parseString(json).getAsJsonObject();
        final JsonObject region = root.getAsJsonArray("CodeRegions").get(0).getAsJsonObject();
        final JsonObject summary = region.getAsJsonObject("SummaryView");
        final JsonObject target = root.getAsJsonObject("TargetInfo");
        final double cycles = summary.get("TotalCycles").getAsDouble()
                / summary.get("Iterations").getAsDouble();
        final List<String> instructions = region.getAsJsonArray("Instructions").asList().stream()
                .map(instruction -> instruction.getAsString().replace('\t', ' '))
                .toList();
        if (instructions.size() != loop.size()) {
            throw new IllegalArgumentException(
                    "json: " + instructions.size() + " instructions; expected the loop's " + loop.size());
        }
        return new Prediction(
                target.get("CPUName").getAsString(),
                cycles,
                summary.get("IPC").getAsDouble(),
                loop.multiplications().size() / cycles,
                limit(region, instructions),
                loop.products() / cycles,
                limiting(usage(region, target, instructions.size()), summary, cycles));
    }

    /** The inverse of the reciprocal throughput of the first multiplication. */
    private static double limit(JsonObject region, List<String> instructions) {
        int first = 0;
        while (Multiplication.of(instructions.get(first)).isEmpty()) {
            first++;
        }
        final JsonArray infos = region.getAsJsonObject("InstructionInfoView").getAsJsonArray("InstructionList");
        return 1 / infos.get(first).getAsJsonObject().get("RThroughput").getAsDouble();
    }

    /** Cycles of an iteration that each resource is taken for. */
    private static Map<String, Double> usage(JsonObject region, JsonObject target, int instructions) {
        final JsonArray names = target.getAsJsonArray("Resources");
        final Map<String, Double> usage = new LinkedHashMap<>();
        names.forEach(name -> usage.put(plain(name.getAsString()), 0.0));
        for (final JsonElement element :
                region.getAsJsonObject("ResourcePressureView").getAsJsonArray("ResourcePressureInfo")) {
            final JsonObject info = element.getAsJsonObject();
            if (info.get("InstructionIndex").getAsInt() < instructions) { // the last is their sum
                final String name =
                        plain(names.get(info.get("ResourceIndex").getAsInt()).getAsString());
                usage.merge(name, info.get("ResourceUsage").getAsDouble(), Double::sum);
            }
        }
        return usage;
    }

    /** {@code V1UnitL01.} and a character with the number of one of several is {@code L01.1}. */
    private static String plain(String resource) {
        final String unit = resource.replaceFirst("^[A-Z]+\\d+Unit", "");
        final int last = unit.length() - 1;
        return unit.charAt(last) < ' ' ? unit.substring(0, last) + (int) unit.charAt(last) : unit;
    }

    private static String limiting(Map<String, Double> usage, JsonObject summary, double cycles) {
        final String busy = usage.entrySet().stream()
                .filter(resource -> resource.getValue() >= BUSY * cycles)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
        if (!busy.isEmpty()) {
            return busy;
        }
        final double dispatched = summary.get("uOpsPerCycle").getAsDouble()
                / summary.get("DispatchWidth").getAsDouble();
        return dispatched >= BUSY ? "dispatch" : "latency";
    }
}
