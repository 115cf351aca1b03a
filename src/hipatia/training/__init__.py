"""The parts of a training run: loss, optimizer, batches, periodic evaluation, display. ``train`` joins them."""
