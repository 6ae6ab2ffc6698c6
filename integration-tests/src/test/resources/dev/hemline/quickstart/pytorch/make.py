"""Makes the files beside it with PyTorch: a network scripted and traced, and what it answers to two pictures.

python3 make.py (with PyTorch 1.13 it made those that the tests use)
"""
import torch
from torch import nn

torch.manual_seed(1)
SIZE = 64


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return torch.relu(x + self.norm(self.conv(x)))


network = nn.Sequential(
    nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.ReLU(),
    Block(8), nn.Conv2d(8, 16, 3, stride=2, padding=1), nn.ReLU(), Block(16),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(16, 5))
network.train()
for _ in range(5):
    network(torch.rand(8, 3, SIZE, SIZE))
network.eval()
torch.jit.script(network).save("scripted.pt")
torch.jit.trace(network, torch.rand(1, 3, SIZE, SIZE)).save("traced.pt")

# Byte i of picture p is (i * (p + 1)) % 251; red, green and blue of a pixel lie beside each other.
steps = torch.arange(SIZE * SIZE * 3)
pictures = torch.stack([steps * (p + 1) % 251 for p in range(2)]).reshape(2, SIZE, SIZE, 3).permute(0, 3, 1, 2)
with torch.no_grad():
    answers = torch.softmax(network(pictures / 255), 1)
with open("answers.csv", "w") as file:
    file.writelines(",".join(f"{p:.6f}" for p in row) + "\n" for row in answers.tolist())
