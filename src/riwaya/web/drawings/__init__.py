"""The drawings of the desk: pure functions that give a Drawing, which templates/drawing.html writes as SVG."""
