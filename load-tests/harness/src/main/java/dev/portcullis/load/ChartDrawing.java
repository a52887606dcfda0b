package dev.portcullis.load;

import java.util.Locale;

/**
 * A chart as HTML: a row for each bar, with the bar and the whisker of its spread as inline SVG
 * that is as wide as the page lets it, and the numbers as text.
 */
final class ChartDrawing {
  /** Percent of the width that the greatest value takes; the rest is for the whisker's end. */
  private static final double FULL = 99;

  private final Chart chart;

  private ChartDrawing(Chart chart) {
    this.chart = chart;
  }

  static String html(Chart chart) {
    StringBuilder text = new StringBuilder("<figure>\n<figcaption><b>");
    text.append(Html.escape(chart.title())).append("</b> <span class=\"hint\">");
    if (!chart.unit().isEmpty()) {
      text.append(Html.escape(chart.unit())).append(", ");
    }
    text.append(chart.better()).append("</span></figcaption>\n");
    ChartDrawing drawing = new ChartDrawing(chart);
    chart.bars().forEach(bar -> text.append(drawing.row(bar)));
    return text.append("</figure>\n").toString();
  }

  private String row(Bar bar) {
    return """
    <div class="row%s">
    <span class="label">%s</span>
    <svg width="100%%" height="20" aria-hidden="true">
    <rect class="track" y="5" width="100%%" height="10" rx="2"/>
    <rect class="fill" y="5" width="%s" height="10" rx="2"/>
    %s</svg>
    <span class="value">%s%s</span>
    </div>
    """
        .formatted(
            chart.accented(bar) ? " own" : "",
            Html.escape(bar.label()),
            place(bar.median()),
            bar.spreads() ? whisker(place(bar.low()), place(bar.high())) : "",
            number(bar.median()),
            bar.spreads()
                ? " <small>" + number(bar.low()) + " to " + number(bar.high()) + "</small>"
                : "");
  }

  private static String whisker(String from, String to) {
    return """
    <line class="whisker" x1="%1$s" x2="%2$s" y1="10" y2="10"/>
    <line class="whisker" x1="%1$s" x2="%1$s" y1="6" y2="14"/>
    <line class="whisker" x1="%2$s" x2="%2$s" y1="6" y2="14"/>
    """
        .formatted(from, to);
  }

  private String place(double value) {
    double greatest = chart.greatest();
    return String.format(Locale.ROOT, "%.2f%%", greatest > 0 ? value / greatest * FULL : 0);
  }

  /** A number with as many digits as one looks at. */
  static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) || size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }
}
