"""The parts of a training run: loss, optimizer, batches, measuring, display. ``train`` joins them."""
